/// `pilothouse bench ui`: what the window costs, measured in a real window. Read [pilothouse.app.bench.UiBench] first,
/// then the probes that it asks.
package pilothouse.app.bench;
