package pilothouse.main;

import java.util.Locale;
import pilothouse.app.controls.Tone;
import pilothouse.local.EngineState;

/// What the local engine is doing, in words for status line and jobs.
///
/// @param done share, 0 to 1; negative while unknown
record EngineWords(Tone tone, String text, double done) {
    private static final double MEGABYTE = 1e6;

    static EngineWords of(EngineState state) {
        return switch (state) {
            case EngineState.Stopped _ -> new EngineWords(Tone.NEUTRAL, "engine not started", -1);
            case EngineState.Unpacking(long done, long total) -> new EngineWords(Tone.ACCENT, String.format(Locale.ROOT,
                    "engine: unpacking, %.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE), (double) done / Math.max(1, total));
            case EngineState.Starting _ -> new EngineWords(Tone.ACCENT, "engine: starting", -1);
            case EngineState.Loading(String model, double progress, String _) -> new EngineWords(Tone.ACCENT,
                    String.format(Locale.ROOT, "engine: loading %s, %.0f %%", model, progress * 100), progress);
            case EngineState.Ready _ -> new EngineWords(Tone.SUCCESS, "engine ready", 1);
            case EngineState.Restarting(int attempt, var _, String _) -> new EngineWords(Tone.WARNING,
                    "engine ended; start " + (attempt + 1), -1);
            case EngineState.Failed(var problem) -> new EngineWords(Tone.DANGER, "engine: " + problem.what(), -1);
        };
    }
}
