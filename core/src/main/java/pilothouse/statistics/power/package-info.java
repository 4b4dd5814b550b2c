/// Before a run: how many cases are needed, and what those at hand can show.
/// [pilothouse.statistics.power.Design] answers both for a comparison; [pilothouse.statistics.power.Power] has the
/// formulas, [pilothouse.statistics.power.McNemarPower] the exact sums.
package pilothouse.statistics.power;
