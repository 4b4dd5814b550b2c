package pilothouse.templates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pilothouse.messages.Message;
import pilothouse.messages.MessageRole;
import pilothouse.messages.Part;

/// Gathers a rendering's text and marks into messages. Marks come from the template's tags only, so
/// no value can begin a message. Blank text between marks is left out. Source of the rules: Dotprompt.
final class MessageAssembly {
    private final List<Message> history;
    private final List<Message> messages = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private MessageRole role = MessageRole.USER;
    private Map<String, Object> metadata = Map.of();
    private boolean historyPlaced;
    private Indent indent;
    private int written;

    /// The margin of a snippet that stands alone on its line, put before each line it writes.
    private static final class Indent {
        final String margin;
        final Indent outer;
        boolean atLineStart = true;

        Indent(String margin, Indent outer) {
            this.margin = margin;
            this.outer = outer;
        }
    }

    MessageAssembly(List<Message> history) {
        this.history = List.copyOf(history);
    }

    void openIndent(String margin) {
        indent = new Indent(margin, indent);
    }

    void closeIndent() {
        indent = indent.outer;
    }

    /// Whether what comes next stands in a system message.
    boolean isSystem() {
        return role == MessageRole.SYSTEM;
    }

    /// How many UTF-16 units of text may still be written.
    int left() {
        return Template.MAX_OUTPUT_CHARS - written;
    }

    void write(String piece) {
        write(piece, indent);
    }

    private void write(String piece, Indent level) {
        if (level == null) {
            written += piece.length();
            if (written > Template.MAX_OUTPUT_CHARS)
                throw new Printer.TooMuch("The rendering grows beyond its limit of " + Template.MAX_OUTPUT_CHARS + " characters");
            text.append(piece);
            return;
        }
        for (int from = 0; from < piece.length(); ) {
            int end = piece.indexOf('\n', from) + 1;
            if (end == 0) end = piece.length();
            var line = piece.substring(from, end);
            write(level.atLineStart ? level.margin + line : line, level.outer);
            level.atLineStart = line.endsWith("\n");
            from = end;
        }
    }

    void role(MessageRole next, Map<String, Object> notes) {
        mark();
        boolean said = !parts.isEmpty();
        if (said) finishMessage();
        var all = new HashMap<>(said ? Map.<String, Object>of() : metadata);
        all.putAll(notes);
        metadata = all;
        role = next;
    }

    void history() {
        mark();
        finishMessage();
        for (var message : history) {
            var notes = new HashMap<>(message.metadata());
            notes.put("purpose", "history");
            messages.add(new Message(message.role(), message.parts(), message.toolCalls(), message.toolCallId(), notes));
        }
        historyPlaced |= !history.isEmpty();
        role = MessageRole.ASSISTANT;
    }

    void part(Part part) {
        mark();
        parts.add(part);
    }

    /// Ends the text before a mark.
    private void mark() {
        for (var level = indent; level != null; level = level.outer) level.atLineStart = false;
        if (!Values.isBlank(text)) parts.add(new Part.Text(text.toString()));
        text.setLength(0);
    }

    private void finishMessage() {
        if (!parts.isEmpty()) messages.add(new Message(role, parts, List.of(), "", metadata));
        parts.clear();
        metadata = Map.of();
    }

    List<Message> finish() {
        mark();
        finishMessage();
        if (historyPlaced || history.isEmpty()) return List.copyOf(messages);
        boolean asksLast = !messages.isEmpty() && messages.getLast().role() == MessageRole.USER;
        messages.addAll(asksLast ? messages.size() - 1 : messages.size(), history);
        return List.copyOf(messages);
    }
}
