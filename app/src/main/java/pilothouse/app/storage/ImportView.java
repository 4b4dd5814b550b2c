package pilothouse.app.storage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;
import pilothouse.app.shell.Dialog;
import pilothouse.prompts.HistoryPlan;
import pilothouse.prompts.HistoryPlan.Kind;

/// Asks what is to be imported, shows what that would do, and does it when it is told to.
final class ImportView {
    private static final List<Kind> ORDER = List.of(Kind.CONFLICTING, Kind.NEW, Kind.GROWS, Kind.SAME);

    private ImportView() {}

    /// @param ask shows the next dialog
    static Dialog dialog(TransferViewModel model, Consumer<Dialog> ask) {
        var archive = new PathField("A zip file or folder that an export made", "import-from").choosingFile().choosingFolder();
        return new Dialog("Import prompts", "First you see what it would do. Nothing is changed before you say so.", Optional.of(archive),
                List.of(Dialog.Choice.cancel(), new Dialog.Choice("Show what it would do", Dialog.Kind.NEXT, archive.given(),
                        () -> model.read(archive.path(), read -> ask.accept(plan(read, model))))));
    }

    private static Dialog plan(TransferViewModel.Read read, TransferViewModel model) {
        var plans = read.plans().stream().sorted(Comparator.comparingInt(plan -> ORDER.indexOf(plan.kind()))).toList();
        var totals = HistoryPlan.Totals.of(plans);
        var content = new VBox(12, table(plans));
        content.getStyleClass().add(Dialog.WIDE);
        if (plans.stream().noneMatch(HistoryPlan::adds))
            return new Dialog(totals.conflicting() > 0 ? "Nothing of this can be taken in" : "All of this is here already", read.archive().toString(),
                    Optional.of(content), List.of(new Dialog.Choice("Close", Dialog.Kind.SAFE, () -> {})));
        var leave = new CheckBox(totals.conflicting() == 1 ? "Leave out the one that conflicts" : "Leave out the %,d that conflict".formatted(totals.conflicting()));
        leave.setId("import-leave");
        if (totals.conflicting() > 0) content.getChildren().add(leave);
        ObservableValue<Boolean> ready = totals.conflicting() > 0 ? leave.selectedProperty() : new ReadOnlyBooleanWrapper(true);
        return new Dialog("Import these prompts?", words(plans, totals), Optional.of(content), List.of(Dialog.Choice.cancel(),
                new Dialog.Choice("Import", Dialog.Kind.NEXT, ready, () -> model.take(read, leave.isSelected()))));
    }

    private static String words(List<HistoryPlan> plans, HistoryPlan.Totals totals) {
        var kinds = Stream.of(Kind.NEW, Kind.GROWS, Kind.SAME, Kind.CONFLICTING).filter(kind -> count(plans, kind) > 0)
                .map(kind -> "%,d %s".formatted(count(plans, kind), word(kind))).collect(Collectors.joining(", "));
        return kinds + ". Versions that would be added, all of them or none: %,d.%s".formatted(totals.versions(),
                totals.conflicting() > 0 ? " To import the others, leave out what conflicts." : "");
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case NEW -> "new";
            case GROWS -> "grows";
            case SAME -> "the same";
            case CONFLICTING -> "conflicting";
        };
    }

    private static long count(List<HistoryPlan> plans, Kind kind) {
        return plans.stream().filter(plan -> plan.kind() == kind).count();
    }

    private static javafx.scene.Node table(List<HistoryPlan> plans) {
        return new Rows<>("import-plan", "What the import would do", plans)
                .texts("Prompt", 180, plan -> plan.name().path())
                .texts("is", 86, plan -> word(plan.kind()))
                .numbers("New", 48, plan -> plan.adds() ? plan.versions().size() : 0L)
                .numbers("Here", 48, plan -> (long) plan.same())
                .numbers("Labels", 56, plan -> plan.adds() ? plan.moves().size() : 0L)
                .sentences("Why not", 240, plan -> String.join("; ", plan.conflicts())).view();
    }
}
