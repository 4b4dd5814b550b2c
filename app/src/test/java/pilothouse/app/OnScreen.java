package pilothouse.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testfx.framework.junit5.ApplicationExtension;

/// A test that needs the toolkit: in memory in the ordinary build, in a real window in profile `window`. Where the
/// machine lacks the libraries that JavaFX draws text with, it is skipped, and one line says so.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("ui")
@ExtendWith({OnScreen.Libraries.class, NoFreeze.class, ApplicationExtension.class})
public @interface OnScreen {
    /// Looks for the libraries once.
    final class Libraries implements ExecutionCondition {
        private static final List<String> NEEDED = List.of("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libfreetype.so.6", "libfontconfig.so.1");
        private static final List<String> MISSING = missing();
        private static final AtomicBoolean TOLD = new AtomicBoolean();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (MISSING.isEmpty()) return ConditionEvaluationResult.enabled("all libraries are there");
            if (!TOLD.getAndSet(true))
                System.out.println("UI tests are skipped: this machine lacks " + String.join(", ", MISSING));
            return ConditionEvaluationResult.disabled("missing: " + MISSING);
        }

        private static List<String> missing() {
            if (!System.getProperty("os.name").startsWith("Linux")) return List.of();
            return NEEDED.stream().filter(library -> !loads(library)).toList();
        }

        @SuppressWarnings("restricted") // native access is allowed to the tests
        private static boolean loads(String library) {
            try (var arena = Arena.ofConfined()) {
                SymbolLookup.libraryLookup(library, arena);
                return true;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }
}
