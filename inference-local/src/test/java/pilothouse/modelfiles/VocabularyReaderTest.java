package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.Vocabulary;

class VocabularyReaderTest {
    @TempDir
    Path folder;

    @Test
    void givenTheEmbeddedModel_itsVocabularyIsWhole() {
        try (var file = GgufFile.open(EmbeddedFile.PATH)) {
            var vocabulary = file.vocabulary();
            assertThat(vocabulary.model()).isEqualTo("gpt2");
            assertThat(vocabulary.pre()).isEqualTo("smollm");
            assertThat(vocabulary.tokens()).hasSize(49152);
            assertThat(vocabulary.tokens().get(1)).isEqualTo("<|im_start|>");
            assertThat(vocabulary.merges()).hasSize(48900);
            assertThat(Arrays.stream(vocabulary.types()).filter(type -> type == Vocabulary.CONTROL)).hasSize(17);
            assertThat(vocabulary.bos()).hasValue(1);
            assertThat(vocabulary.eos()).hasValue(2);
            assertThat(vocabulary.eot()).isEmpty();
            assertThat(vocabulary.unknown()).hasValue(0);
            assertThat(vocabulary.padding()).hasValue(2);
            assertThat(vocabulary.addBos()).isFalse();
            assertThat(vocabulary.addSpacePrefix()).isFalse();
        }
    }

    @Test
    void givenContradictingParts_theProblemNamesTheKey() throws Exception {
        refused(3, g -> g.ints("tokenizer.ggml.token_type", 1, 1), "token_type");
        refused(3, g -> g.ints("tokenizer.ggml.token_type", 1, 1, 9), "token 2 is 9");
        refused(3, g -> g.u32("tokenizer.ggml.eos_token_id", 3), "eos_token_id");
        refused(3, g -> g.text("tokenizer.ggml.merges", "a b"), "merges");
    }

    @Test
    void givenNoTypes_allTokensAreNormal() throws Exception {
        try (var file = GgufFile.open(write(2, g -> g))) {
            assertThat(file.vocabulary().types()).containsExactly(1, 1, 1);
            assertThat(file.vocabulary().addBos()).isFalse();
        }
    }

    private void refused(int keys, UnaryOperator<GgufBytes> more, String part) throws Exception {
        try (var file = GgufFile.open(write(keys, more))) {
            assertThatThrownBy(file::vocabulary).isInstanceOf(ProblemException.class).hasMessageContaining(part)
                    .hasMessageContaining("vocabulary.gguf");
        }
    }

    private Path write(int keys, UnaryOperator<GgufBytes> more) throws Exception {
        var bytes = new GgufBytes().header(3, 0, keys).text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.tokens", "a", "b", "ab");
        return Files.write(folder.resolve("vocabulary.gguf"), more.apply(bytes).data(0).bytes());
    }
}
