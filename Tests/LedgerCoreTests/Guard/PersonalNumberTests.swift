// What is and what is not a personal number (domain.md L8). Which fields are searched is in GuardedFieldsTests, how
// often the guard is wrong in FalseAlarmTests.

import Testing

@testable import LedgerCore

@Suite("Personal numbers")
struct PersonalNumberTests {
  private func found(_ text: String, _ guarding: Guarding = .everyNumber) -> PersonalNumber? {
    PersonalNumber.first(in: text, guarding)
  }

  @Test("the numbers made here have the check digits that the standards print")
  func vectors() {
    #expect(InventedNumbers.identityCard("19" + "491231").hasSuffix("X"))
    #expect(InventedNumbers.luhn("7992739871") == 3)
  }

  @Test(
    "every check character of an identity card is known, also a small x", arguments: Array("0123456789Xx"))
  func checkCharacters(check: Character) {
    let large = InventedNumbers.identityCard(endingWith: check == "x" ? "X" : check)
    #expect(found(large.dropLast() + String(check)) == .identityCard)
    for other in "0123456789Xx" where other.uppercased() != check.uppercased() {
      #expect(found(large.dropLast() + String(other)) != .identityCard)
    }
  }

  @Test(
    "an identity card needs a day of birth that the calendar has",
    arguments: [
      ("19900101", true), ("19991231", true), ("20000229", true), ("19000228", true), ("20991231", true),
      ("19960229", true), ("19990231", false), ("19990229", false), ("19000229", false), ("20990431", false),
      ("19901301", false), ("19900001", false), ("19900100", false), ("18991231", false), ("21000101", false),
      ("00000101", false),
    ])
  func birthDates(birth: String, isOne: Bool) {
    for check in "X7" {
      let number = InventedNumbers.identityCard(endingWith: check, birth: birth)
      #expect(found(number, .identityCards) == (isOne ? .identityCard : nil))
    }
  }

  @Test("a mobile number is 11 digits of which the second is 3 to 9", arguments: 0...99)
  func mobiles(firstTwo: Int) {
    let number = InventedNumbers.mobile(firstTwo < 10 ? "0\(firstTwo)" : "\(firstTwo)")
    #expect(found(number) == ((13...19).contains(firstTwo) ? .mobile : nil))
    #expect(found(number, .identityCards) == nil)
  }

  @Test("a bank card has 16 to 19 digits and begins with 62, 4 or 5", arguments: 10...99)
  func bankCards(firstTwo: Int) {
    let isOne = firstTwo == 62 || (40...59).contains(firstTwo)
    for length in 13...21 {
      let number = InventedNumbers.bankCard("\(firstTwo)", length: length, filler: "2037164805927361540")
      #expect(found(number) == (isOne && (16...19).contains(length) ? .bankCard : nil), "\(length) digits")
      #expect(found(InventedNumbers.damaged(number)) == nil)
      #expect(found(number, .identityCards) == nil)
    }
  }

  @Test("an identity card is told before a bank card when a number is both")
  func both() throws {
    let cards = (0...999).map { number in
      InventedNumbers.identityCard(place: "440105", person: String("00\(number)".suffix(3)))
    }
    let isBankCard = { (card: String) in
      InventedNumbers.luhn(String(card.dropLast())) == card.last?.wholeNumberValue
    }
    #expect(found(try #require(cards.first(where: isBankCard))) == .identityCard)
  }

  @Test("a run one digit longer or shorter is another number", arguments: PersonalNumber.allCases)
  func neighbours(kind: PersonalNumber) {
    let number = InventedNumbers.number(kind)
    #expect(found(number) == kind)
    // A bank card's neighbours may be bank cards of another length: the filler was chosen so that these are not.
    #expect(found("7" + number) == nil)
    #expect(found("0" + number) == nil)
    #expect(found(number + "7") == nil)
    #expect(found(String(number.dropFirst())) == nil)
    #expect(found(InventedNumbers.damaged(number)) == (kind == .mobile ? .mobile : nil))
  }

  @Test("an X in the middle of digits does not end an identity card")
  func middleX() {
    let card = InventedNumbers.identityCard(endingWith: "X")
    #expect(found(card + "7") == nil)
    #expect(found(card + "７") == nil)
    #expect(found(card + "X") == .identityCard)
    #expect(found("7" + card) == nil)
    #expect(found(String(card.dropLast())) == nil)
  }

  @Test("it is found wherever it stands in a text", arguments: PersonalNumber.allCases)
  func embedded(kind: PersonalNumber) {
    let number = InventedNumbers.number(kind)
    for text in [
      number + "!", "tel:" + number, "call" + number + "now", "张三，" + number + "，广州", "é\(number)\u{FF09}",
      "2022-10-01 1234567890 " + number, "1234567890123456789012345678," + number + ",7",
      String(repeating: "会", count: 150) + number,
    ] {
      #expect(found(text) == kind, "\(text)")
    }
  }

  @Test("full-width digits are digits, also mixed with others", arguments: PersonalNumber.allCases)
  func fullWidth(kind: PersonalNumber) {
    let number = InventedNumbers.number(kind)
    let wide = InventedNumbers.fullWidth(number)
    #expect(found(wide) == kind)
    #expect(found("电话：" + wide + "。") == kind)
    #expect(found(String(wide.prefix(5)) + number.dropFirst(5)) == kind)
    #expect(found(String(number.prefix(5)) + wide.dropFirst(5)) == kind)
    #expect(found(wide + "7") == nil)
    #expect(found(number + "７") == nil)
  }

  @Test("a full-width X ends an identity card, large and small")
  func fullWidthX() {
    let card = InventedNumbers.identityCard(endingWith: "X")
    for end in ["Ｘ", "ｘ"] {
      #expect(found(card.dropLast() + end) == .identityCard)
      #expect(found(InventedNumbers.fullWidth(String(card.dropLast())) + end + "，") == .identityCard)
      #expect(found(card.dropLast() + end + "1") == nil)
    }
    // The neighbours of U+FF38 and U+FF58, and of the digits.
    for end in ["Ｗ", "Ｙ", "ｗ", "ｙ", "／", "："] { #expect(found(card.dropLast() + end) == nil) }
  }

  @Test("what the documentation says is not found")
  func limits() {
    for kind in PersonalNumber.allCases {
      let number = InventedNumbers.number(kind)
      for mark in [" ", "-", "\u{B7}", "\u{200B}"] {
        #expect(found(String(number.prefix(6)) + mark + number.dropFirst(6)) == nil)
      }
    }
    #expect(found("+86" + InventedNumbers.mobile()) == nil)
    // The identity cards of before 1999: two digits of the year, no check digit.
    #expect(found("110105" + "900307" + "002") == nil)
    // Digits of other scripts: Arabic-Indic and mathematical.
    #expect(found("\u{661}" + String(repeating: "\u{663}", count: 10)) == nil)
    #expect(found("\u{1D7CF}" + String(repeating: "\u{1D7D1}", count: 10)) == nil)
  }

  @Test("nothing is sought in a text that is not guarded", arguments: PersonalNumber.allCases)
  func exempt(kind: PersonalNumber) {
    #expect(found(InventedNumbers.number(kind), .nothing) == nil)
  }

  @Test("texts of every length up to 40 bytes, of digits and of none, are looked through to their end")
  func everyLength() {
    for length in 0...40 {
      let digits = String(repeating: "1", count: length)
      #expect(found(digits) == nil)
      #expect(found(String(repeating: "x", count: length)) == nil)
      #expect(found(String(repeating: "x", count: length) + InventedNumbers.mobile()) == .mobile)
      #expect(found(InventedNumbers.mobile() + String(repeating: "x", count: length)) == .mobile)
      #expect(found(digits + "\u{FF10}\u{FF19}") == nil)
    }
  }
}
