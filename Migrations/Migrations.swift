// The ordered list of schema steps. Forward only: a step that has been shipped is never edited; the next change is a
// new file and a new line here. Who runs them, and in which transaction, is in BenefitsLedger/Log.

/// One step of the schema.
public struct Migration: Sendable {
  /// 1, 2, 3, …; also the file's `user_version` after it.
  public let number: Int64
  public let name: String
  public let sql: String

  private init(_ number: Int64, _ name: String, _ bytes: [UInt8]) {
    self.number = number
    self.name = name
    sql = String(decoding: bytes, as: UTF8.self)
  }

  /// All steps, in order.
  public static let all = [
    Migration(1, "event_log", PackageResources.V0001_event_log_sql),
    Migration(2, "members", PackageResources.V0002_members_sql),
    Migration(3, "points", PackageResources.V0003_points_sql),
    Migration(4, "ledger", PackageResources.V0004_ledger_sql),
    Migration(5, "points_life", PackageResources.V0005_points_life_sql),
    Migration(6, "stations_and_relatives", PackageResources.V0006_stations_and_relatives_sql),
    Migration(7, "funds", PackageResources.V0007_funds_sql),
    Migration(8, "coupons", PackageResources.V0008_coupons_sql),
    Migration(9, "activities", PackageResources.V0009_activities_sql),
    Migration(10, "gifts_and_grants", PackageResources.V0010_gifts_and_grants_sql),
  ]
}
