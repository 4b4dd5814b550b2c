package pilothouse.main;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program's log: `logs/pilothouse.log` in the workspace, a file a day, kept for two weeks, every
/// line masked before it is written.
final class LogFiles {
    private static final int DAYS = 14;
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{30} %msg%n";

    private LogFiles() {}

    /// Logs into `folder` from now on.
    ///
    /// @param mask replaces the secrets in a line
    static void open(Path folder, UnaryOperator<String> mask) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var layout = new MaskedLayout(mask);
        layout.setContext(context);
        layout.setPattern(LINE);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setContext(context);
        file.setFile(folder.resolve("pilothouse.log").toString());
        file.setEncoder(encoder);
        var days = new TimeBasedRollingPolicy<ILoggingEvent>();
        days.setContext(context);
        days.setParent(file);
        days.setFileNamePattern(folder.resolve("pilothouse.%d.log.gz").toString());
        days.setMaxHistory(DAYS);
        days.start();
        file.setRollingPolicy(days);
        file.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
    }

    private static final class MaskedLayout extends PatternLayout {
        private final UnaryOperator<String> mask;

        MaskedLayout(UnaryOperator<String> mask) {
            this.mask = mask;
        }

        @Override
        public String doLayout(ILoggingEvent event) {
            return mask.apply(super.doLayout(event));
        }
    }
}
