package pilothouse.app.storage;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import pilothouse.access.MemberId;
import pilothouse.app.controls.Notice;
import pilothouse.problems.Problem;
import pilothouse.prompts.ErasureRepository;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;
import pilothouse.problems.ProblemException;
import pilothouse.store.Progress;
import pilothouse.workspace.Erasure;

/// Takes a person's data or a prompt's texts out of everything that is kept. FX thread only.
public final class ErasureViewModel {
    private final StorageWork work;
    private final PromptRepository prompts;
    private final Supplier<Erasure> erasures;
    private final Consumer<ErasureRepository.Request> before;

    /// Whose data it is, in the words of the dialog.
    ///
    /// @param texts of a person: also the texts of the versions that they saved
    record Whose(String name, boolean person, boolean texts) {
        String words() {
            return person ? name + (texts ? " and their texts" : "") : "the texts of " + name;
        }
    }

    /// What would be erased.
    record Look(Whose whose, ErasureRepository.Request request, Erasure.Report report) {}

    /// @param before closes what is open of it; called just before it is erased
    public ErasureViewModel(StorageWork work, PromptRepository prompts, Supplier<Erasure> erasures, Consumer<ErasureRepository.Request> before) {
        this.work = work;
        this.prompts = prompts;
        this.erasures = erasures;
        this.before = before;
    }

    /// Says what [#erase] would do; nothing is changed by it.
    void look(Whose whose, Consumer<Look> done) {
        work.run("Looking for what would be erased", "Stopped; nothing was changed", _ -> {
            var request = request(whose);
            return new Look(whose, request, erasures.get().look(request));
        }, done);
    }

    private ErasureRepository.Request request(Whose whose) {
        if (whose.person) return new ErasureRepository.Request(Optional.empty(), 0, Optional.of(named(() -> new MemberId(whose.name))), whose.texts);
        var prompt = prompts.find(new PromptName(whose.name)).orElseThrow(() -> new ProblemException("There is no such prompt", whose.name,
                "Write its whole name, with its folders"));
        return new ErasureRepository.Request(Optional.of(prompt.id()), 0, Optional.empty(), true);
    }

    private static MemberId named(Supplier<MemberId> member) {
        try {
            return member.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem(e.getMessage(), "", "Write the name as the history of a prompt shows it"), e);
        }
    }

    /// Erases it. Stopped in the middle, the same again ends it.
    void erase(Look look, Consumer<Erasure.Report> done) {
        if (!work.working().get()) before.accept(look.request); // else nothing is erased
        work.run("Erasing " + look.whose.words(), "The erasing was stopped in the middle. Erase the same again to end it", progress -> {
            Progress told = progress::report;
            return erasures.get().erase(look.request, told.untilInterrupted());
        }, done);
    }

    void say(Notice notice) {
        work.say(notice);
    }
}
