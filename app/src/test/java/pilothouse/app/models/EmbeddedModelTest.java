package pilothouse.app.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.app.fx.Background;
import pilothouse.app.fx.TestThread;
import pilothouse.app.live.InventedRuns;
import pilothouse.app.models.ModelRow.State;
import pilothouse.local.CacheFolder;
import pilothouse.local.EngineCommand;
import pilothouse.local.EngineProcess;
import pilothouse.local.LocalRuntime;
import pilothouse.local.ModelLibrary;
import pilothouse.local.NativeLibraries;
import pilothouse.local.Patience;
import pilothouse.secrets.Keyring;
import pilothouse.secrets.SecretRef;

/// The models page's state over the real engine and the model that comes with the program.
@Tag("thorough")
class EmbeddedModelTest {
    @TempDir
    Path folder;

    @Test
    void givenTheEmbeddedModel_itsFactsAreReadAndItIsLoadedAndUnloaded() {
        var fx = new TestThread();
        var library = new ModelLibrary(Path.of(System.getProperty("pilothouse.home")), folder.resolve("models"));
        var engine = new EngineProcess(unpacking -> EngineCommand.of(NativeLibraries.onClassPath(CacheFolder.ofUser()).unpack(unpacking), OptionalInt.of(2)),
                () -> new Keyring(Map.of()).generate(new SecretRef("engine token")), Patience.DEFAULTS);
        try (var background = new Background(fx); var runs = new InventedRuns(folder, InstantSource.system()); var local = new LocalRuntime(engine, library)) {
            var model = new ModelsViewModel(background, library, engine, local, runs.runs);
            model.open();
            fx.drainUntil(() -> !model.rows().isEmpty());
            assertThat(model.rows().getFirst().facts().storedAs()).isEqualTo("Q4_1");
            assertThat(model.rows().getFirst().facts().weights()).isBetween(130_000_000L, 170_000_000L);

            model.load(ModelLibrary.EMBEDDED);
            fx.drainUntil(() -> model.rows().getFirst().state() instanceof State.Loaded);
            assertThat(((State.Loaded) model.rows().getFirst().state()).bytes()).isPositive();
            assertThat(model.reading().get().orElseThrow().memory()).isPresent();

            model.unload(ModelLibrary.EMBEDDED);
            fx.drainUntil(() -> model.rows().getFirst().state() instanceof State.OnDisk);
            model.close();
        }
    }
}
