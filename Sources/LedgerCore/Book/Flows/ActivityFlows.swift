// What an activity gives in the books of other benefits: the one place where an event of an activity causes commands of
// another. Their decisions, and their refusals, are those benefits' own.

extension ActivityEvent {
  /// The commands that give what this event says, in its order; they are decided after it, in the same commit, and the
  /// first that is refused refuses all.
  var rewardCommands: [CommandBody] {
    rewards.compactMap { member, reward in
      if let campaign = reward.campaign {
        .coupon(.claim(ClaimCoupon(member: member, campaign: campaign)))
      } else {
        reward.rule.map { rule in
          .points(
            .earn(
              EarnPoints(
                member: member, rule: rule, quantity: reward.quantity ?? 1,
                reference: Reference(request.activity.text))))
        }
      }
    }
  }
}

extension ActivityReward {
  /// How giving it can be refused, beside the refusals of the command that gives it.
  static let refusals: [Refusal.Code] =
    [
      .ruleUnknown, .ruleNotInWindow, .outsideAudience, .quantityAboveLimit, .amountTooLarge,
      .couponCodeNeeded, .couponOnlyInBundle,
    ] + CouponGrant.refusals
}
