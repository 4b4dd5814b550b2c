package pilothouse.modelfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.problems.ProblemException;

class GgufFileTest {
    @TempDir
    Path folder;

    @Test
    void givenTheEmbeddedModel_itsHeaderReadsAsKnown() {
        try (var file = GgufFile.open(EmbeddedFile.PATH)) {
            assertThat(file.size()).isEqualTo(98_362_432);
            assertThat(file.tensors()).hasSize(272);
            assertThat(file.metadata().keys()).hasSize(33);
            assertThat(file.architecture()).isEqualTo("llama");
            var data = file.metadata();
            assertThat(data.requireInt("general.file_type", 0, 100)).isEqualTo(3);
            assertThat(data.requireInt("llama.block_count", 1, 1000)).isEqualTo(30);
            assertThat(data.requireInt("llama.context_length", 1, 1 << 20)).isEqualTo(8192);
            assertThat(data.requireInt("llama.embedding_length", 1, 1 << 20)).isEqualTo(576);
            assertThat(data.requireInt("llama.feed_forward_length", 1, 1 << 20)).isEqualTo(1536);
            assertThat(data.requireInt("llama.attention.head_count", 1, 100)).isEqualTo(9);
            assertThat(data.requireInt("llama.attention.head_count_kv", 1, 100)).isEqualTo(3);
            assertThat(data.requireReal("llama.rope.freq_base")).isEqualTo(100_000);
            assertThat((float) data.requireReal("llama.attention.layer_norm_rms_epsilon")).isEqualTo(1e-5f);
            assertThat(data.strings("general.languages")).containsExactly("en");
        }
    }

    @Test
    void givenTheEmbeddedModel_itsTensorsLieAsKnown() {
        try (var file = GgufFile.open(EmbeddedFile.PATH)) {
            var embedding = file.requireTensor("token_embd.weight");
            assertThat(embedding.ne()).containsExactly(576, 49152);
            assertThat(embedding.type()).isEqualTo(TensorType.Q8_0);
            assertThat(file.tensor("output.weight")).isEmpty();
            assertThat(file.requireTensor("blk.29.ffn_down.weight").ne()).containsExactly(1536, 576);
            assertThat(file.requireTensor("blk.0.attn_k.weight").ne()).containsExactly(576, 192);
            var start = file.tensors().values().stream().mapToLong(TensorEntry::offset).min();
            assertThat(start).hasValue(1_785_664);
            var end = file.tensors().values().stream().mapToLong(t -> t.offset() + t.bytes()).max();
            assertThat(end).hasValue(file.size());
            var kinds = file.tensors().values().stream().collect(Collectors.groupingBy(TensorEntry::type, Collectors.counting()));
            assertThat(kinds).containsEntry(TensorType.F32, 61L).containsEntry(TensorType.Q4_1, 210L)
                    .containsEntry(TensorType.Q8_0, 1L).hasSize(3);
        }
    }

    @Test
    void givenTheEmbeddedModel_itsChatTemplateIsThere() {
        try (var file = GgufFile.open(EmbeddedFile.PATH)) {
            assertThat(file.chatTemplate()).hasValueSatisfying(text -> assertThat(text).contains("<|im_start|>"));
        }
    }

    @Test
    void givenNoFileAFolderOrAnotherFormat_theProblemSaysSo() throws Exception {
        assertThatThrownBy(() -> GgufFile.open(folder.resolve("absent.gguf"))).isInstanceOf(ProblemException.class)
                .hasMessageContaining("not there").hasMessageContaining("absent.gguf");
        assertThatThrownBy(() -> GgufFile.open(folder)).isInstanceOf(ProblemException.class).hasMessageContaining("folder");
        var text = Files.writeString(folder.resolve("text.gguf"), "just some text, longer than a header");
        assertThatThrownBy(() -> GgufFile.open(text)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("text.gguf").hasMessageContaining("does not begin with GGUF");
        var empty = Files.createFile(folder.resolve("empty.gguf"));
        assertThatThrownBy(() -> GgufFile.open(empty)).isInstanceOf(ProblemException.class).hasMessageContaining("magic");
    }

    @Test
    void givenOtherVersions_onlyTwoAndThreeAreRead() throws Exception {
        for (int version : new int[] {0, 1, 4, 0x03000000}) {
            var file = Files.write(folder.resolve("v.gguf"), new GgufBytes().header(version, 0, 0).data(0).bytes());
            assertThatThrownBy(() -> GgufFile.open(file)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining(version == 0x03000000 ? "big-endian" : "version");
        }
        var second = Files.write(folder.resolve("v2.gguf"), new GgufBytes().header(2, 0, 0).data(0).bytes());
        GgufFile.open(second).close();
    }

    @Test
    void givenATypeThatIsNotSupported_theTensorIsRefusedByName() throws Exception {
        var bytes = new GgufBytes().header(3, 1, 0).tensor("blk.0.attn_q.weight", TensorType.IQ4_XS, 0, 256).data(136);
        var path = Files.write(folder.resolve("iq4.gguf"), bytes.bytes());
        try (var file = GgufFile.open(path)) {
            assertThatThrownBy(() -> file.requireTensor("blk.0.attn_q.weight")).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("IQ4_XS").hasMessageContaining("blk.0.attn_q.weight").hasMessageContaining("iq4.gguf");
            assertThatThrownBy(() -> file.requireTensor("output_norm.weight")).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("output_norm.weight");
        }
    }
}
