package pilothouse.app.models;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import pilothouse.app.live.EngineGauges;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.connectors.Server;
import pilothouse.local.EngineProcess;
import pilothouse.local.Hardware;
import pilothouse.local.ModelFile;
import pilothouse.local.ModelLibrary;
import pilothouse.problems.ProblemException;
import pilothouse.runs.Run;
import pilothouse.runs.RunFilter;
import pilothouse.runs.RunRepository;
import pilothouse.runtime.Model;
import pilothouse.runtime.Target;

/// What was found at one time: files, what is loaded, the machine.
///
/// @param memory  that the engine's process occupies; empty if it does not run or does not say
/// @param address where the engine listens; empty if it does not run
record LibraryReading(List<ModelRow> rows, Hardware hardware, OptionalLong memory, Optional<URI> address) {
    private static final int SPEED_RUNS = 20;

    /// Reads it; blocks. Headers that did not change are not read again.
    static final class Source {
        private record Known(Path path, long bytes) {}

        private final ModelLibrary library;
        private final EngineProcess engine;
        private final RunRepository runs;
        private final Map<Known, FileFacts> facts = new ConcurrentHashMap<>();

        Source(ModelLibrary library, EngineProcess engine, RunRepository runs) {
            this.library = library;
            this.engine = engine;
            this.runs = runs;
        }

        LibraryReading read() throws InterruptedException {
            var server = engine.server();
            var loaded = loaded(server);
            var rows = new ArrayList<ModelRow>();
            for (var file : library.list()) rows.add(row(file, Optional.ofNullable(loaded.get(file.name()))));
            return new LibraryReading(rows, Hardware.ofThisMachine(), memory(), server.map(Server::base));
        }

        private ModelRow row(ModelFile file, Optional<Model> loaded) {
            var known = new Known(file.path(), file.bytes());
            var said = Optional.ofNullable(facts.get(known)).orElseGet(() -> FileFacts.of(file));
            if (said.problem().isEmpty()) facts.put(known, said); // a broken one may be whole the next time
            ModelRow.State state = loaded.<ModelRow.State>map(it -> new ModelRow.State.Loaded(it.precision(), it.contextTokens(), it.bytes()))
                    .or(() -> said.problem().map(ModelRow.State.Failed::new)).orElseGet(ModelRow.State.OnDisk::new);
            var speeds = runs.page(wanted(file), OptionalLong.empty(), SPEED_RUNS).runs().stream()
                    .map(Run::timings).flatMap(timings -> timings.tokensPerSecond().stream()).sorted().toList();
            return new ModelRow(file, said, state, speeds.isEmpty() ? Double.NaN : speeds.get(speeds.size() / 2), speeds.size());
        }

        private static RunFilter wanted(ModelFile file) {
            return new RunFilter(Optional.empty(), java.util.OptionalInt.empty(), Optional.of(new Target(Target.LOCAL, file.name())), Optional.empty());
        }

        private static Map<String, Model> loaded(Optional<Server> server) {
            var loaded = new HashMap<String, Model>();
            if (server.isEmpty()) return loaded;
            try (var runtime = new RemoteRuntime(server.get())) {
                for (var model : runtime.models()) loaded.put(model.name(), model);
            } catch (ProblemException e) {
                return Map.of(); // it has just stopped: then nothing is loaded, and its state says so
            }
            return loaded;
        }

        private OptionalLong memory() throws InterruptedException {
            var control = engine.control();
            if (control.isEmpty()) return OptionalLong.empty();
            try {
                var bytes = EngineGauges.parse(control.get().metrics()).memoryBytes();
                return bytes.isPresent() ? OptionalLong.of((long) bytes.getAsDouble()) : OptionalLong.empty();
            } catch (ProblemException e) {
                return OptionalLong.empty(); // likewise
            }
        }
    }
}
