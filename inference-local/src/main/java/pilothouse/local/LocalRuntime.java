package pilothouse.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import pilothouse.connectors.RemoteRuntime;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.FinishReason;
import pilothouse.runtime.Generation;
import pilothouse.runtime.GenerationEvent;
import pilothouse.runtime.InferenceRuntime;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Service;
import pilothouse.runtime.Target;

/// The engine inside the program. Starts its process and loads a model when one is first asked for,
/// then speaks to it as to any server. [EngineProcess#listen] tells of the waiting.
///
/// If the process dies in the middle of an answer, the answer fails with a problem that says so and
/// the next one finds it running again. Safe for use from any thread.
public final class LocalRuntime implements InferenceRuntime {
    private final EngineProcess engine;
    private final ModelLibrary library;
    private final ModelEncoders encoders;
    private Optional<Connection> connection = Optional.empty();

    /// A life of the process and the runtime that speaks to it.
    private record Connection(EngineProcess.Life life, RemoteRuntime runtime) {}

    /// @param engine closed with this object
    public LocalRuntime(EngineProcess engine, ModelLibrary library) {
        this.engine = engine;
        this.library = library;
        encoders = new ModelEncoders(library);
    }

    /// Starts the process and loads the model, if need be.
    @Override
    public void prepare(String model) {
        try {
            connect(model);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("Stopped before the model was loaded", Target.LOCAL + "/" + model, "");
        }
    }

    /// Blocks until the model is loaded; an interrupt meanwhile gives an answer that is cancelled.
    @Override
    public Generation generate(String model, List<Message> messages, Sampling sampling, Service service) {
        try {
            var now = connect(model);
            return new Watched(now.runtime().generate(model, messages, sampling, service), now.life());
        } catch (InterruptedException e) {
            return new Cancelled();
        }
    }

    /// Every model file at hand; what the engine adds of those that are loaded.
    @Override
    public List<Model> models() {
        var loaded = loaded().stream().collect(Collectors.toMap(Model::name, model -> model, (first, _) -> first));
        return library.list().stream().map(file -> loaded.getOrDefault(file.name(), model(file))).toList();
    }

    private Model model(ModelFile file) {
        try {
            return new Model(file.name(), encoders.of(file).trainedContext(), "", file.bytes());
        } catch (ProblemException e) {
            return new Model(file.name(), 0, "", file.bytes()); // whoever asks something of it is told why
        }
    }

    /// In this process: the model need not be loaded.
    @Override
    public List<Integer> tokenize(String model, String text) {
        return list(encoders.of(model).encode(text));
    }

    /// In this process: the model need not be loaded.
    @Override
    public List<Integer> tokenize(String model, List<Message> messages) {
        return list(encoders.of(model).encode(messages, true));
    }

    private static List<Integer> list(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            connection.ifPresent(old -> old.runtime().close());
            connection = Optional.empty();
        }
        engine.close();
    }

    /// Asked of the life that runs now, which a request may not have met yet.
    private List<Model> loaded() {
        var server = engine.server();
        if (server.isEmpty()) return List.of();
        try (var runtime = new RemoteRuntime(server.get())) {
            return runtime.models();
        } catch (ProblemException e) {
            return List.of(); // it has just stopped: then nothing is loaded
        }
    }

    private Connection connect(String model) throws InterruptedException {
        var file = library.find(model);
        var life = engine.ready(new ModelLoad(model, file.path(), Optional.empty(), OptionalInt.empty()));
        synchronized (this) {
            if (connection.isEmpty() || connection.get().life() != life) {
                connection.ifPresent(old -> old.runtime().close());
                connection = Optional.of(new Connection(life, new RemoteRuntime(life.server())));
            }
            return connection.get();
        }
    }

    /// An answer whose failure is told in the light of what became of the process.
    private final class Watched implements Generation, Iterator<GenerationEvent> {
        private final Generation generation;
        private final Iterator<GenerationEvent> events;
        private final EngineProcess.Life life;

        Watched(Generation generation, EngineProcess.Life life) {
            this.generation = generation;
            this.events = generation.iterator();
            this.life = life;
        }

        @Override
        public Iterator<GenerationEvent> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            try {
                return events.hasNext();
            } catch (ProblemException e) {
                throw explained(e);
            }
        }

        @Override
        public GenerationEvent next() {
            try {
                return events.next();
            } catch (ProblemException e) {
                throw explained(e);
            }
        }

        @Override
        public void close() {
            generation.close();
        }

        private ProblemException explained(ProblemException failure) {
            try {
                return engine.explained(life, "in the middle of the answer", failure);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failure;
            }
        }
    }

    /// An answer that was stopped before it was asked for.
    private static final class Cancelled implements Generation {
        private final List<GenerationEvent> events = new ArrayList<>(List.of(new GenerationEvent.Finished(FinishReason.CANCELLED)));

        @Override
        public Iterator<GenerationEvent> iterator() {
            return events.iterator();
        }

        @Override
        public void close() {
            events.clear();
        }
    }
}
