/// The operator's board: is anything slow or failing now, and since when? [pilothouse.app.live.LiveViewModel]
/// reads a [pilothouse.app.live.LiveBoard] whenever samples came, through [pilothouse.app.live.BoardQuery], which
/// reads only what changed; [pilothouse.app.live.LivePage] shows it.
package pilothouse.app.live;
