package pilothouse.app.welcome;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.kordamp.ikonli.feather.Feather;
import pilothouse.app.shell.Command;
import pilothouse.app.shell.Dialog;
import pilothouse.app.shell.Dialog.Choice;
import pilothouse.app.shell.Dialog.Kind;
import pilothouse.app.shell.Page;

/// A first look in about a minute: a sentence or two at each page, which is shown behind them. It is offered at the
/// first start, and later by its command. Escape or Skip ends it at any stop.
public final class Tour {
    private static final String SAMPLE = "support/reply";

    private static final List<Stop> STOPS = List.of(
            new Stop("prompts", "Write", "A prompt is text with holes: {{topic}} is a variable, and its value stands at the right. "
                    + "Its tokens are counted while you type."),
            new Stop("prompts", "Run", "Ctrl Enter sends it, Esc stops it. The answer streams below the text, with its time to first token, "
                    + "speed and tokens. Every run is kept with its values."),
            new Stop("prompts", "Keep and go back", "Ctrl S saves a version. The history compares any two word by word and brings "
                    + "an old one back as a new one. A label such as production moves from version to version."),
            new Stop("live", "Watch", "Every run, from here or the command line, counts on this board: how long the first token takes, "
                    + "how fast the rest comes, what failed. Point at a chart to read it."),
            new Stop("models", "Choose a model", "The model inside the program is small and answers at once. Drop a GGUF file "
                    + "on this page to run a larger one."),
            new Stop("", "Find everything", "Ctrl K finds every command, prompt and run. The question mark shows the keys of a page, F6 moves on "
                    + "from area to area."));

    private final Consumer<Dialog> ask;
    private final BiConsumer<String, String> open;
    private final List<Stop> stops;

    /// @param page where it is, by id; empty for where one is
    private record Stop(String page, String title, String text) {}

    /// @param ask   shows a dialog
    /// @param open  shows a page, by its id and a place in it
    /// @param pages of the window: a stop at any other is left out
    public Tour(Consumer<Dialog> ask, BiConsumer<String, String> open, List<Page> pages) {
        this.ask = ask;
        this.open = open;
        Set<String> ids = pages.stream().map(Page::id).collect(Collectors.toSet());
        stops = STOPS.stream().filter(stop -> stop.page.isEmpty() || ids.contains(stop.page)).toList();
    }

    public Command command() {
        return Command.of("welcome.tour", "Take the 60-second tour", Feather.COMPASS, () -> stop(0));
    }

    /// What is shown at the first start, in front of a sample.
    public void welcome() {
        open.accept("prompts", SAMPLE);
        ask.accept(new Dialog("Welcome to Pilothouse", """
                Write prompts, run them, keep their versions, watch the numbers. Four samples are ready, and so is a model inside \
                the program: it works without a network, and nothing you write leaves this machine.

                It is a small English model of 135 million parameters, good for trying things out. It is weak at facts, at \
                arithmetic and at other languages.""",
                new Choice("Take the 60-second tour", Kind.NEXT, () -> stop(0)),
                new Choice("Begin with a sample", Kind.SAFE, () -> {})));
    }

    private void stop(int number) {
        var stop = stops.get(number);
        if (!stop.page.isEmpty()) open.accept(stop.page, "");
        var title = stop.title + "   " + (number + 1) + " of " + stops.size();
        if (number == stops.size() - 1) ask.accept(new Dialog(title, stop.text, new Choice("Begin", Kind.NEXT, () -> {})));
        else ask.accept(new Dialog(title, stop.text, new Choice("Next: " + stops.get(number + 1).title, Kind.NEXT, () -> stop(number + 1)),
                new Choice("Skip the tour", Kind.SAFE, () -> {})));
    }
}
