package pilothouse.app.live;

import java.util.Locale;
import pilothouse.app.controls.Tone;
import pilothouse.app.controls.Pill;
import pilothouse.runtime.FinishReason;

/// How a run ended, as people see it.
final class Results {
    private static final String FAILED = "failed";

    private Results() {}

    static Pill pill(String result) {
        return new Pill(word(result), tone(result));
    }

    /// `ok` for an answer that came to its own end, `truncated` for one that met its limit.
    static String word(String result) {
        if (result.equals(wire(FinishReason.STOP))) return "ok";
        return result.equals(wire(FinishReason.LENGTH)) ? "truncated" : result.replace('_', ' ');
    }

    static Tone tone(String result) {
        if (result.equals(FAILED)) return Tone.DANGER;
        if (result.equals(wire(FinishReason.STOP)) || result.equals(wire(FinishReason.TOOL_CALLS))) return Tone.SUCCESS;
        return result.equals(wire(FinishReason.CANCELLED)) ? Tone.NEUTRAL : Tone.WARNING;
    }

    /// Whether it counts as failed.
    static boolean isFailure(String result) {
        return result.equals(FAILED);
    }

    private static String wire(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
