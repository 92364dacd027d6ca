// The parts of a replay put together again: what each part folded of a shared entity only adds. Which part folds which
// event is in Event.parts.

extension Book {
  /// Puts into this book, the first part, what the other parts counted on entities that all of them know.
  ///
  /// Members and wallets stay in their own parts. Organisations' member counts, rules' granted points and points
  /// accounts are sums over all parts.
  package mutating func merge(_ others: [Book]) {
    for other in others {
      for (id, part) in other.organisations.all {
        organisations.update(id) { state in
          if state == nil { state = part } else { state?.members += part.members }
        }
      }
      for (id, part) in other.rules.all {
        rules.update(id) { state in
          for (index, version) in part.versions.enumerated() {
            state?.versions[index].granted += version.granted
          }
        }
      }
      for (id, part) in other.pointsAccounts.all {
        pointsAccounts.update(id) { state in
          if state == nil { state = PointsAccount() }
          state?.add(part)
        }
      }
    }
  }
}

extension PointsAccount {
  mutating func add(_ part: PointsAccount) {
    post(.issued, -part.issued)
    post(.spent, part.spent)
    post(.expired, part.expired)
    post(.forfeited, part.forfeited)
    post(.clawedBack, part.clawedBack)
    post(.debt, -part.debt)
    for share in part.months {
      post(.available(share.month), share.available)
      post(.held(share.month), share.held)
      post(.pending(share.month), share.pending)
    }
  }
}
