package pilothouse.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Encoding of 100 KB of English prose: ours with the embedded model's vocabulary, and jtokkit with
/// OpenAI's cl100k. The vocabularies differ, so the rate is that of characters.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TokenizerBenchmark {
    private static final int CHARS = 100_000;

    private final String text = text();
    private final Tokenizer ours = EmbeddedVocabulary.tokenizer();
    private final Encoding jtokkit = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private static String text() {
        var words = "the harbour was quiet and a small boat came in slowly while the old keeper watched from his window; "
                .split(" ");
        var random = new java.util.SplittableRandom(7);
        var text = new StringBuilder();
        while (text.length() < CHARS) text.append(words[random.nextInt(words.length)]).append(random.nextInt(12) == 0 ? ".\n" : " ");
        return text.substring(0, CHARS);
    }

    @Benchmark
    public int[] ours() {
        return ours.encode(text, Specials.AS_TEXT);
    }

    @Benchmark
    public Object jtokkit() {
        return jtokkit.encodeOrdinary(text);
    }

    @Test
    @Tag("bench")
    void printsTheRatioToJtokkit() throws RunnerException {
        var options = new OptionsBuilder().include(TokenizerBenchmark.class.getSimpleName()).forks(1).warmupIterations(3)
                .warmupTime(TimeValue.seconds(1)).measurementIterations(5).measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend("-Dpilothouse.home=" + System.getProperty("pilothouse.home")).build();
        double ours = 0;
        double peer = 0;
        for (var result : new Runner(options).run()) {
            double perSecond = result.getPrimaryResult().getScore() * CHARS;
            if (result.getParams().getBenchmark().endsWith("ours")) ours = perSecond;
            else peer = perSecond;
        }
        System.out.printf("characters/s: ours %.1f M, jtokkit %.1f M, ratio %.2f%n", ours / 1e6, peer / 1e6, ours / peer);
    }
}
