package pilothouse.app.prompts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;
import pilothouse.app.fx.Job;
import pilothouse.problems.Problem;
import pilothouse.prompts.PromptId;
import pilothouse.runs.Feedback;
import pilothouse.runs.Rating;
import pilothouse.runs.Run;
import pilothouse.runs.RunFilter;
import pilothouse.runs.RunId;
import pilothouse.runs.RunRequest;
import pilothouse.runtime.GenerationEvent;

/// The answer of one open prompt, as it comes, and the runs before it. FX thread only.
public final class PromptRuns {
    private static final int EARLIER = 50;
    private static final Duration TICK = Duration.ofMillis(100);

    /// How far the answer is.
    public enum State { NONE, WAITING, STREAMING, DONE, CANCELLED, FAILED }

    /// What is known of the answer besides its text.
    ///
    /// @param tokens  of the answer, so far or in all
    /// @param most    the most tokens it may have
    /// @param ttft    known once the first token is there; of a run that is over, as its record says
    /// @param elapsed since Run was pressed, or of the whole answer once it is over
    public record Progress(State state, int tokens, OptionalLong most, Optional<Duration> ttft, OptionalDouble tokensPerSecond,
            Duration elapsed, Optional<Problem> problem) {
        static final Progress NONE = new Progress(State.NONE, 0, OptionalLong.empty(), Optional.empty(), OptionalDouble.empty(),
                Duration.ZERO, Optional.empty());

        public boolean isRunning() {
            return state == State.WAITING || state == State.STREAMING;
        }

        private Progress as(State next) {
            return new Progress(next, tokens, most, ttft, tokensPerSecond, elapsed, problem);
        }
    }

    private final Desk desk;
    private final ReadOnlyObjectWrapper<Progress> progress = new ReadOnlyObjectWrapper<>(Progress.NONE);
    private final ReadOnlyIntegerWrapper length = new ReadOnlyIntegerWrapper();
    private final StringBuilder answer = new StringBuilder();
    private final ObservableList<Run> earlier = FXCollections.observableArrayList();
    private final ObservableMap<RunId, Feedback> feedback = FXCollections.observableHashMap();
    private final ReadOnlyObjectWrapper<Optional<Rating>> wanted = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Run>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<PromptId> prompt = Optional.empty();
    private AnswerStream stream = new AnswerStream();
    private Job job = Job.NONE;

    PromptRuns(Desk desk) {
        this.desk = desk;
    }

    /// State and numbers of the answer.
    public ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    /// How many UTF-16 units of the answer are there; goes back to 0 when another begins.
    public ReadOnlyIntegerProperty length() {
        return length.getReadOnlyProperty();
    }

    /// The answer from a position on.
    public String answer(int from) {
        return answer.substring(from);
    }

    /// Runs of this prompt, newest first; those with the wanted rating, if one is.
    public ObservableList<Run> earlier() {
        return earlier;
    }

    /// What was said about the runs that are shown, by run.
    public ObservableMap<RunId, Feedback> feedback() {
        return feedback;
    }

    /// The rating of the runs that are listed; empty: of any or none.
    public ReadOnlyObjectProperty<Optional<Rating>> wanted() {
        return wanted.getReadOnlyProperty();
    }

    /// Lists the runs that were rated so.
    public void want(Optional<Rating> rating) {
        wanted.set(rating);
        prompt.ifPresent(this::refresh);
    }

    /// Keeps what the member thinks of the answer of that run.
    void rate(RunId run, Rating rating, String note) {
        var now = new Feedback(run, rating, note.strip(), desk.member(), Instant.now());
        var before = Optional.ofNullable(feedback.get(run));
        if (now.isEmpty() && before.isEmpty() || before.filter(it -> it.rating() == rating && it.note().equals(now.note())).isPresent()) return;
        put(run, now);
        desk.background().run(() -> {
            desk.feedback().give(now);
            return now;
        }, _ -> {}, problem -> {
            before.ifPresentOrElse(it -> feedback.put(run, it), () -> feedback.remove(run));
            progress.set(failure(progress.get(), problem));
        });
    }

    private void put(RunId run, Feedback now) {
        if (now.isEmpty()) feedback.remove(run);
        else feedback.put(run, now);
    }

    /// The stored run whose answer is shown; empty while one is coming.
    public ReadOnlyObjectProperty<Optional<Run>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Sends a request, which is made away from the FX thread.
    void start(java.util.concurrent.Callable<RunRequest> request, OptionalLong most) {
        stop();
        clear();
        var mine = new AnswerStream();
        stream = mine;
        progress.set(new Progress(State.WAITING, 0, most, Optional.empty(), OptionalDouble.empty(), Duration.ZERO, Optional.empty()));
        var news = desk.background().<AnswerStream>latest(this::take);
        var end = desk.background().<Run>latest(run -> ended(mine, run)); // also of a cancelled job, whose outcome nobody gets
        job = desk.background().run(() -> {
            var run = desk.runner().run(request.call(), mine::sent, event -> saw(event, mine, news::put));
            end.put(run);
            return run;
        }, _ -> {}, problem -> failed(mine, problem));
        tick(mine);
    }

    private static void saw(GenerationEvent event, AnswerStream into, java.util.function.Consumer<AnswerStream> news) {
        if (!(event instanceof GenerationEvent.TextDelta delta)) return;
        into.add(delta);
        news.accept(into);
    }

    /// Ends the answer in the making; what came of it stays.
    public void stop() {
        if (!progress.get().isRunning()) return;
        job.cancel();
        take(stream);
        progress.set(progress.get().as(State.CANCELLED));
    }

    /// Shows the answer of a stored run.
    public void show(Run run) {
        stop();
        stream = new AnswerStream();
        clear();
        append(run.answer().text());
        finish(run);
    }

    /// Reads the earlier runs again.
    void refresh(PromptId prompt) {
        this.prompt = Optional.of(prompt);
        var filter = wanted.get().map(RunFilter.ofPrompt(prompt)::rated).orElse(RunFilter.ofPrompt(prompt));
        desk.background().run(() -> {
            var runs = desk.runs().page(filter, OptionalLong.empty(), EARLIER).runs();
            return new Listed(filter, runs, desk.feedback().of(runs.stream().map(Run::id).toList()));
        }, this::list, problem -> progress.set(failure(progress.get(), problem)));
    }

    private record Listed(RunFilter filter, List<Run> runs, Map<RunId, Feedback> feedback) {}

    private void list(Listed listed) {
        if (!listed.filter.rating().equals(wanted.get())) return; // another one is asked for by now
        feedback.putAll(listed.feedback);
        earlier.setAll(listed.runs);
    }

    private void tick(AnswerStream of) {
        desk.background().after(TICK, () -> {
            if (stream != of || !progress.get().isRunning()) return;
            show(of);
            tick(of);
        });
    }

    private void take(AnswerStream from) {
        if (from != stream) return;
        append(from.take());
        if (progress.get().state() == State.WAITING) show(from); // then the numbers follow the tick: a label a token would be laid out for nothing
    }

    private void show(AnswerStream from) {
        var counts = from.counts();
        progress.set(new Progress(counts.tokens() == 0 ? State.WAITING : State.STREAMING, counts.tokens(), progress.get().most(),
                counts.ttft(), counts.tokensPerSecond(), counts.elapsed(), Optional.empty()));
    }

    private void ended(AnswerStream of, Run run) {
        earlier.removeIf(it -> it.id().equals(run.id()));
        if (run.origin().prompt().isPresent() && wanted.get().isEmpty()) earlier.addFirst(run);
        if (of != stream) return;
        append(of.take());
        finish(run);
    }

    private void finish(Run run) {
        var state = switch (run.result()) {
            case "failed", "unfinished" -> State.FAILED;
            case "cancelled" -> State.CANCELLED;
            default -> State.DONE;
        };
        var tokens = run.usage().map(usage -> usage.outputTokens()).orElse(progress.get().tokens());
        var most = run.sampling().maxTokens().isPresent() ? OptionalLong.of(run.sampling().maxTokens().getAsInt()) : OptionalLong.empty();
        var rate = run.timings().tokensPerSecond().map(OptionalDouble::of).orElse(OptionalDouble.empty());
        progress.set(new Progress(state, tokens, most, run.timings().ttft(), rate, run.timings().endToEnd(), run.problem().or(run::notStored)));
        shown.set(Optional.of(run));
    }

    private void failed(AnswerStream of, Problem problem) {
        if (of == stream) progress.set(failure(progress.get(), problem));
    }

    private static Progress failure(Progress now, Problem problem) {
        return new Progress(State.FAILED, now.tokens(), now.most(), now.ttft(), now.tokensPerSecond(), now.elapsed(), Optional.of(problem));
    }

    private void append(String text) {
        answer.append(text);
        length.set(answer.length());
    }

    private void clear() {
        answer.setLength(0);
        length.set(0);
        shown.set(Optional.empty());
        progress.set(Progress.NONE);
    }

}
