package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import pilothouse.app.charts.Unit;
import pilothouse.local.PromptTokens;
import pilothouse.messages.MessageRole;

/// How many tokens the prompt has, whose they are, and how much of the context they fill.
final class TokenStrip extends HBox {
    private final Parts parts = new Parts();
    private final HBox names = new HBox();
    private final Label share = new Label();
    private final Label total = new Label();

    TokenStrip(EditedPrompt tab) {
        getStyleClass().add("token-strip");
        total.getStyleClass().add("token-total");
        total.setId("tokens");
        total.setMinWidth(USE_PREF_SIZE);
        share.getStyleClass().add("facts");
        names.getStyleClass().add("token-names");
        var left = new VBox(parts, names);
        left.getStyleClass().add("token-parts");
        HBox.setHgrow(left, Priority.ALWAYS);
        var right = new VBox(total, share);
        right.getStyleClass().add("token-sum");
        getChildren().addAll(left, right);
        tab.tokens().subscribe(tokens -> show(tokens, tab.reading().get()));
        tab.reading().subscribe(reading -> show(tab.tokens().get(), reading));
    }

    private void show(PromptTokens tokens, Reading reading) {
        boolean broken = reading.messages().isEmpty() && reading.obstacle().isPresent();
        total.setText(broken && tokens.total().tokens() == 0 ? "not counted" : tokens.total() + " tokens");
        parts.show(tokens);
        names.getChildren().clear();
        for (var part : tokens.parts()) names.getChildren().add(name(part.role(), part.tokens()));
        if (tokens.frame() > 0) {
            var frame = new Label(String.format(Locale.ROOT, "chat template %,d", tokens.frame()));
            frame.getStyleClass().add("facts");
            names.getChildren().add(frame);
        }
        if (broken) share.setText(tokens.total().tokens() == 0 ? "it cannot be rendered" : "before it broke");
        else share.setText(context(tokens, reading) + tokens.price().map(it -> " · " + it.perThousandRuns(tokens.total())).orElse(""));
        var over = tokens.context().isPresent() ? tokens.total().tokens() + reading.sampling().maxTokens().orElse(0) - tokens.context().getAsInt() : 0;
        share.getStyleClass().removeAll("danger-text", "warning-text");
        if (over > 0 && !broken) share.getStyleClass().add("danger-text");
        setAccessibleText(total.getText() + ", " + share.getText());
    }

    private static String context(PromptTokens tokens, Reading reading) {
        if (tokens.context().isEmpty()) return tokens.total().estimated() ? "estimate: no tokenizer of this model here" : "";
        int context = tokens.context().getAsInt();
        int answer = reading.sampling().maxTokens().orElse(0);
        int over = tokens.total().tokens() + answer - context;
        if (over > 0) return String.format(Locale.ROOT, "%,d more than the context of %,d holds, answer included", over, context);
        var share = Unit.SHARE.format((double) tokens.total().tokens() / context);
        return String.format(Locale.ROOT, "%s of %,d", share, context) + (answer > 0 ? String.format(Locale.ROOT, ", answer up to %,d", answer) : "");
    }

    private static Label name(MessageRole role, int tokens) {
        var dot = new Region();
        dot.getStyleClass().addAll("dot", "role-" + role.wire());
        var label = new Label(String.format(Locale.ROOT, "%s %,d", role.wire(), tokens), dot);
        label.getStyleClass().add("facts");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    /// The bar: one part a role.
    private static final class Parts extends Region {
        private PromptTokens tokens = PromptTokens.NONE;

        Parts() {
            getStyleClass().add("token-bar");
        }

        void show(PromptTokens now) {
            tokens = now;
            var fills = new ArrayList<Region>();
            for (var part : tokens.parts()) {
                var fill = new Region();
                fill.getStyleClass().addAll("token-fill", "role-" + part.role().wire());
                fills.add(fill);
            }
            getChildren().setAll(fills);
            requestLayout();
        }

        @Override
        protected void layoutChildren() {
            double sum = tokens.parts().stream().mapToInt(PromptTokens.Part::tokens).sum();
            var x = 0.0;
            for (int i = 0; i < getChildren().size(); i++) {
                var width = sum == 0 ? 0 : getWidth() * tokens.parts().get(i).tokens() / sum;
                getChildren().get(i).resizeRelocate(snapPositionX(x), 0, Math.max(0, snapSizeX(width) - 1), getHeight());
                x += width;
            }
        }
    }
}
