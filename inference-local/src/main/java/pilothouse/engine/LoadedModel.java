package pilothouse.engine;

import java.util.Optional;
import pilothouse.engine.ModelSource.ChatPrompt;
import pilothouse.engine.ModelSource.Parts;
import pilothouse.engine.grammar.Grammars;
import pilothouse.engine.metrics.ModelMetrics;
import pilothouse.tokens.Tokenizer;

/// A model that answers under a name. Any thread.
final class LoadedModel {
    private final String name;
    private final Parts parts;
    private final Scheduler scheduler;
    private final long created;
    private final Grammars grammars;
    private final AnswerCache answers;
    private int uses;
    private boolean leaving;

    /// @param created when it was loaded, seconds since 1970
    LoadedModel(String name, Parts parts, ModelMetrics metrics, long created) {
        this.name = name;
        this.parts = parts;
        this.scheduler = new Scheduler(name, parts, metrics).start();
        this.created = created;
        this.grammars = new Grammars(parts.tokenizer());
        this.answers = new AnswerCache(metrics);
    }

    String name() {
        return name;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    long created() {
        return created;
    }

    Tokenizer tokenizer() {
        return parts.tokenizer();
    }

    Optional<ChatPrompt> chat() {
        return parts.chat();
    }

    int contextTokens() {
        return parts.contextTokens();
    }

    ModelCard card() {
        return parts.model().card();
    }

    /// The forms that were asked of it.
    Grammars grammars() {
        return grammars;
    }

    AnswerCache answers() {
        return answers;
    }

    /// While a request is between [#enter] and [#leave], [#closeAfterUse] waits for it.
    ///
    /// @return false if it takes no new request any more
    synchronized boolean enter() {
        if (!leaving) uses++;
        return !leaving;
    }

    synchronized void leave() {
        uses--;
        notifyAll();
    }

    /// Lets the requests that have entered end, then gives its memory back. An interrupt ends them at once.
    void closeAfterUse() {
        try {
            awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        scheduler.close();
    }

    private synchronized void awaitEnd() throws InterruptedException {
        leaving = true;
        while (uses > 0) wait();
    }
}
