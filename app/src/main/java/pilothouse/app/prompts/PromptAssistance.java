package pilothouse.app.prompts;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import pilothouse.app.editor.Assistance;
import pilothouse.app.fx.Job;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.templates.assistance.Completion;
import pilothouse.templates.assistance.Pointed;
import pilothouse.templates.assistance.Proposal;
import pilothouse.templates.assistance.Surroundings;

/// What is known around one open prompt: its values, the snippets and models there are.
final class PromptAssistance implements Assistance {
    private final PromptsViewModel model;
    private final EditedPrompt tab;

    PromptAssistance(PromptsViewModel model, EditedPrompt tab) {
        this.model = model;
        this.tab = tab;
    }

    @Override
    public Job complete(String text, int offset, Consumer<Completion> done) {
        var document = tab.reading().get().document();
        var name = name();
        var desk = tab.desk();
        return desk.background().run(() -> {
            var models = desk.models().get().byServer().entrySet().stream().flatMap(it -> it.getValue().stream().map(model -> it.getKey() + "/" + model)).toList();
            return Completion.at(text, offset, new Surroundings(desk.snippetNames(name), models, document));
        }, done, problem -> tab.say(new EditedPrompt.Message.Failed(problem)));
    }

    private PromptName name() {
        return tab.prompt().get().map(Prompt::name).orElse(Desk.UNNAMED);
    }

    @Override
    public Job preview(Proposal proposal, Consumer<String> done) {
        return switch (proposal.kind()) {
            case SNIPPET -> snippet(proposal.name().replaceAll("[{}>\\s]", ""), done);
            case VARIABLE -> {
                done.accept(value(proposal.name().replaceAll("[{}]|\\.\\./", "")).map(InputField::shown).orElse(""));
                yield Job.NONE;
            }
            default -> Job.NONE;
        };
    }

    private Job snippet(String snippet, Consumer<String> done) {
        var name = name();
        var desk = tab.desk();
        return desk.background().run(() -> desk.snippets(name, List.of(snippet)).find(snippet).map(String::strip).orElse(""), done,
                problem -> done.accept(problem.what()));
    }

    private Optional<Object> value(String variable) {
        return Optional.ofNullable(tab.values().get(variable)).or(() -> field(variable).flatMap(InputField::usual));
    }

    private Optional<InputField> field(String variable) {
        return tab.reading().get().fields().stream().filter(it -> it.name().equals(variable)).findFirst();
    }

    @Override
    public Job pointed(String text, int offset, Consumer<Optional<Pointed>> done) {
        return tab.desk().background().compute(() -> Pointed.at(text, offset), done, problem -> tab.say(new EditedPrompt.Message.Failed(problem)));
    }

    @Override
    public Job hint(Pointed at, Consumer<Hint> done) {
        return switch (at) {
            case Pointed.OfVariable variable -> {
                done.accept(hint(variable.name()));
                yield Job.NONE;
            }
            case Pointed.OfSnippet snippet -> snippet(snippet.name(), text -> done.accept(new Hint(snippet.name(), text.isEmpty() ? "snippet, not found" : "snippet, opens with F12", text)));
        };
    }

    private Hint hint(String variable) {
        var field = field(variable);
        var given = value(variable);
        var tokens = Optional.ofNullable(tab.valueTokens().get().get(variable)).filter(_ -> given.isPresent()).map(it -> it.tokens() == 1 ? it + " token" : it + " tokens");
        var usual = !tab.values().containsKey(variable) && given.isPresent();
        var about = field.map(it -> it.kind().word()).orElse("variable") + (given.isEmpty() ? ", no value" : usual ? ", default" : "") + tokens.map(it -> ", " + it).orElse("");
        return new Hint(variable, about, given.map(InputField::shown).orElseGet(() -> field.map(InputField::description).orElse("")));
    }

    @Override
    public void open(String snippet) {
        model.openSnippet(tab, snippet);
    }

    @Override
    public void rename(String from, String to) {
        tab.rename(from, to);
    }
}
