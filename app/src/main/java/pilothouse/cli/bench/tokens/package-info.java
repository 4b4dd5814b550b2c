/// `pilothouse bench tokens`: counting, at typing speed and beside a peer.
package pilothouse.cli.bench.tokens;
