/// The one door between the FX thread and everything that blocks. Read [pilothouse.app.fx.Background],
/// then [pilothouse.app.fx.Job] and [pilothouse.app.fx.Latest]; [pilothouse.app.fx.FreezeWatchdog] checks
/// that the rule is kept.
package pilothouse.app.fx;
