package pilothouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.local.ModelLibrary.Keep;
import pilothouse.problems.ProblemException;

class ModelLibraryTest {
    private static final Path HOME = Path.of(System.getProperty("pilothouse.home"));

    @TempDir
    Path folder;

    @Test
    void givenNoWorkspaceFiles_theEmbeddedModelIsThere() {
        var library = library();
        assertThat(library.list()).hasSize(1);
        var model = library.find(ModelLibrary.EMBEDDED);
        assertThat(model.embedded()).isTrue();
        assertThat(model.bytes()).isEqualTo(98_362_432);
        assertThatThrownBy(() -> library.find("other")).isInstanceOf(ProblemException.class)
                .hasMessageContaining("other").hasMessageContaining("smollm2-135m");
    }

    @Test
    void givenASoundFile_itIsCopiedOrLinkedAndFound() throws Exception {
        var library = library();
        var source = library.find(ModelLibrary.EMBEDDED).path();
        var heard = new ArrayList<Long>();
        var copied = library.add(source, Keep.COPY, (done, _) -> heard.add(done));
        assertThat(copied.name()).isEqualTo("smollm2-135m-instruct.q4_1");
        assertThat(Files.mismatch(source, copied.path())).isEqualTo(-1);
        assertThat(heard).isSorted().endsWith(source.toFile().length());
        assertThat(library.find(copied.name())).isEqualTo(copied);
        assertThatThrownBy(() -> library.add(source, Keep.LINK, (_, _) -> {})).isInstanceOf(ProblemException.class).hasMessageContaining("there already");

        var other = Files.createSymbolicLink(folder.resolve("SmolLM2 135M Instruct (Q4_1)"), source);
        var linked = library.add(other, Keep.LINK, (_, _) -> {});
        assertThat(linked.path()).isSymbolicLink();
        assertThat(linked.name()).isEqualTo("smollm2-135m-instruct-q4_1");
        assertThat(linked.bytes()).isEqualTo(98_362_432);
    }

    @Test
    void givenFilesWithTheSameName_theNamesAreUnique() throws Exception {
        var models = Files.createDirectories(folder.resolve("models"));
        for (var file : new String[] {"A B.gguf", "a-b.gguf", "a_b.GGUF", "smollm2-135m.gguf", "().gguf", "notes.txt"})
            Files.writeString(models.resolve(file), "");
        assertThat(library().list()).extracting(ModelFile::name).containsExactly("smollm2-135m", "model", "a-b", "a-b-2", "a_b", "smollm2-135m-2");
    }

    @Test
    void givenABrokenOrMissingFile_nothingIsAdded() throws Exception {
        var broken = Files.writeString(folder.resolve("broken.gguf"), "GGUF but not really a model");
        assertThatThrownBy(() -> library().add(broken, Keep.COPY, (_, _) -> {})).isInstanceOf(ProblemException.class).hasMessageContaining("broken.gguf");
        assertThatThrownBy(() -> library().add(folder.resolve("none.gguf"), Keep.COPY, (_, _) -> {})).hasMessageContaining("no such file");
        assertThat(library().list()).hasSize(1);
    }

    @Test
    void givenAnInterruptWhileCopying_nothingIsLeft() throws Exception {
        var library = library();
        var source = library.find(ModelLibrary.EMBEDDED).path();
        assertThatThrownBy(() -> library.add(source, Keep.COPY, (_, _) -> Thread.currentThread().interrupt())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(folder.resolve("models")).isEmptyDirectory();
    }

    private ModelLibrary library() {
        return new ModelLibrary(HOME, folder.resolve("models"));
    }
}
