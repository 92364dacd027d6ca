// Random histories of funds against a naive reference that follows every single fen. What one command does is in FundTests.

import Testing

@testable import LedgerCore

@Suite("Histories of funds")
struct FundHistoryTests {
  @Test(
    "give, fen by fen, what a reference gives that follows each of them",
    arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func history(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var scene = Scene.withFunds()
    var reference = ReferenceFunds(purposes: [
      "city": ["heat", "visit"], "industry": ["heat", "visit"], "district": ["heat", "visit"], "wide": nil,
      "narrow": ["visit", "masks"],
    ])
    scene.openFund("wide", in: "gd")
    scene.openFund("narrow", in: "gz", purposes: ["visit", "masks"])
    var accepted = 0
    for number in 0..<120 {
      let id = "step-\(number)"
      let step = reference.step(using: &random)
      let outcome = scene.take(step, id: id)
      let expected = reference.take(step, id: id)
      #expect(outcome.isAccepted == expected, "seed \(seed), \(id): \(step) \(outcome)")
      if expected { accepted += 1 }
      for fund in reference.funds.keys {
        #expect(
          scene.receipts(Scene.text(fund, FundID.init)) == reference.receipts(fund), "seed \(seed), \(id)")
      }
      #expect(scene.isBalanced, "seed \(seed), \(id)")
      if outcome.isAccepted != expected { return }
    }
    #expect(accepted > 30, "seed \(seed) does hardly anything")
    scene.expectSameInParts()
  }
}

/// One command of a history, in plain words.
private enum FundStep {
  case receive(String, Int, [String]?)
  case allot(String, String, Int, [String]?)
  case recall(String, String, Int)
  case spend(String, Int, String)
  case giveBack(String, String, Int)
}

/// Funds as heaps of single fen, each of which knows every receipt it went through. Slow, and without any sum.
private struct ReferenceFunds {
  struct Fen {
    /// The receipts it went through, the one it is in last.
    var path: [(fund: String, receipt: String)]
    var purposes: [String]?
    /// The command that spent it.
    var spending: String?
  }
  struct Place {
    var receipt: String
    var parent: (fund: String, receipt: String)?
    var purposes: [String]?
  }

  let funds: [String: [String]?]
  /// In the order they were last taken, which only matters to what comes back.
  var fen: [Fen] = []
  var places: [String: [Place]] = [:]
  var spendings: [(id: String, fund: String, taken: [Int])] = []

  init(purposes: [String: [String]?]) { funds = purposes }

  func step(using random: inout SeededGenerator) -> FundStep {
    let names = funds.keys.sorted()
    func fund(_ random: inout SeededGenerator) -> String {
      names[Int.random(in: 0..<names.count, using: &random)]
    }
    func some(_ random: inout SeededGenerator) -> [String]? {
      [nil, nil, ["heat"], ["visit"], ["heat", "visit"], ["masks"]][Int.random(in: 0..<6, using: &random)]
    }
    let amount = Int.random(in: 1...40, using: &random)
    let (one, other) = (fund(&random), fund(&random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: return .receive(one, amount * 2, some(&random))
    case 2, 3, 4: return .allot(one, other, amount, some(&random))
    case 5: return .recall(one, other, amount)
    case 6, 7: return .spend(one, amount, ["heat", "visit", "masks"][Int.random(in: 0..<3, using: &random)])
    case _:
      guard let spending = spendings.randomElement(using: &random) else { return .spend(one, 1, "heat") }
      return .giveBack(spending.fund, spending.id, amount)
    }
  }

  /// Whether the step happens.
  mutating func take(_ step: FundStep, id: String) -> Bool {
    switch step {
    case .receive(let fund, let count, let purposes):
      guard isWithin(purposes, fund) else { return false }
      places[fund, default: []].append(Place(receipt: id, parent: nil, purposes: purposes))
      fen += Array(repeating: Fen(path: [(fund, id)], purposes: purposes), count: count)
      return true
    case .allot(let fund, let child, let count, let purposes):
      guard fund != child, isWithin(purposes, child) else { return false }
      let there = available(in: fund) { index in
        let allowed = narrowed(narrowed(fen[index].purposes, funds[fund] ?? nil), funds[child] ?? nil)
        if let purposes { return purposes.allSatisfy { allowed?.contains($0) ?? true } }
        return allowed?.isEmpty != true
      }
      guard there.count >= count else { return false }
      var number = 0
      var last = ""
      for index in there.prefix(count) {
        let top = fen[index].path[fen[index].path.count - 1]
        let allowed =
          purposes ?? narrowed(narrowed(fen[index].purposes, funds[fund] ?? nil), funds[child] ?? nil)
        if top.receipt != last {
          (number, last) = (number + 1, top.receipt)
          places[child, default: []].append(
            Place(receipt: "\(id)#\(number)", parent: top, purposes: allowed))
        }
        fen[index].path.append((child, "\(id)#\(number)"))
        fen[index].purposes = allowed
      }
      return true
    case .recall(let child, let parent, let count):
      let there = available(in: child) { index in
        fen[index].path.count > 1 && fen[index].path[fen[index].path.count - 2].fund == parent
      }
      guard there.count >= count else { return false }
      for index in there.prefix(count) {
        fen[index].path.removeLast()
        let top = fen[index].path[fen[index].path.count - 1]
        fen[index].purposes = places[top.fund]?.first { $0.receipt == top.receipt }?.purposes
      }
      return true
    case .spend(let fund, let count, let purpose):
      let there = available(in: fund) { index in
        (fen[index].purposes?.contains(purpose) ?? true)
          && (funds[fund].flatMap { $0 }?.contains(purpose) ?? true)
      }
      guard there.count >= count else { return false }
      for index in there.prefix(count) { fen[index].spending = id }
      spendings.append((id, fund, Array(there.prefix(count))))
      return true
    case .giveBack(_, let spending, let count):
      guard let place = spendings.firstIndex(where: { $0.id == spending }),
        spendings[place].taken.count >= count
      else { return false }
      for _ in 0..<count {
        let index = spendings[place].taken.removeLast()
        fen[index].spending = nil
      }
      return true
    }
  }

  /// Fen that are in a fund and not spent, by the order of its receipts.
  private func available(in fund: String, where isRight: (Int) -> Bool) -> [Int] {
    (places[fund] ?? []).flatMap { place in
      fen.indices.filter { index in
        let top = fen[index].path[fen[index].path.count - 1]
        return top == (fund, place.receipt) && fen[index].spending == nil && isRight(index)
      }
    }
  }

  private func isWithin(_ purposes: [String]?, _ fund: String) -> Bool {
    guard let purposes, let allowed = funds[fund] ?? nil else { return true }
    return purposes.allSatisfy(allowed.contains)
  }

  private func narrowed(_ purposes: [String]?, _ other: [String]?) -> [String]? {
    guard let purposes, let other else { return purposes ?? other }
    return purposes.filter(other.contains)
  }

  /// The receipts of a fund as `Scene.receipts` tells them.
  func receipts(_ fund: String) -> [String] {
    (places[fund] ?? []).map { place in
      let here = fen.filter { $0.path.contains { $0 == (fund, place.receipt) } }
      let inPlace = here.filter { $0.path[$0.path.count - 1] == (fund, place.receipt) }
      let spent = inPlace.count { $0.spending != nil }
      return
        "\(place.receipt): \(here.count) = \(inPlace.count - spent) + \(here.count - inPlace.count) + 0 + \(spent)"
        + (place.parent.map { " of \($0.fund) \($0.receipt)" } ?? "")
        + (place.purposes.map { " for " + $0.joined(separator: ", ") } ?? "")
    }
  }
}

extension Scene {
  fileprivate mutating func take(_ step: FundStep, id: String) -> Outcome {
    func fund(_ text: String) -> FundID { Scene.text(text, FundID.init) }
    func purposes(_ texts: [String]?) -> [Purpose]? { texts?.map { Scene.text($0) { Purpose($0) } } }
    switch step {
    case .receive(let name, let amount, let words):
      return receive(fund(name), Fen(count: Int64(amount)), purposes: purposes(words), id: id)
    case .allot(let name, let child, let amount, let words):
      return allot(
        fund(name), fund(child), Fen(count: Int64(amount)), purposes: purposes(words), id: id)
    case .recall(let child, let parent, let amount):
      return recall(fund(child), from: fund(parent), Fen(count: Int64(amount)))
    case .spend(let name, let amount, let purpose):
      return spendMoney(
        fund(name), Fen(count: Int64(amount)), for: Scene.text(purpose) { Purpose($0) }, id: id)
    case .giveBack(let name, let spending, let amount):
      return returnSpend(fund(name), Scene.text(spending, CommandID.init), Fen(count: Int64(amount)))
    }
  }
}
