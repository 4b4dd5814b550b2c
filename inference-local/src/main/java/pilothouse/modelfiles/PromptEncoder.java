package pilothouse.modelfiles;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.tokens.ChatTemplate;
import pilothouse.tokens.ChatText;
import pilothouse.tokens.Specials;
import pilothouse.tokens.Tokenizer;
import pilothouse.tokens.Tokenizers;
import pilothouse.tokens.Vocabulary;

/// How a model file turns text and conversations into tokens: its vocabulary and its chat template.
/// Needs no weights and stays valid when the file is closed. Safe for use from any thread.
public final class PromptEncoder {
    private final String file;
    private final Tokenizer tokenizer;
    private final Optional<ChatTemplate> template;
    private final Optional<ProblemException> brokenTemplate;
    private final String bos;
    private final String eos;
    private final int trainedContext;

    private PromptEncoder(GgufFile file) {
        this.file = file.path().toString();
        var vocabulary = file.vocabulary();
        tokenizer = Tokenizers.of(vocabulary);
        bos = text(vocabulary, vocabulary.bos());
        eos = text(vocabulary, vocabulary.eos());
        trainedContext = file.metadata().requireInt(file.architecture() + ".context_length", 1, 1 << 24);
        Optional<ChatTemplate> parsed = Optional.empty();
        Optional<ProblemException> broken = Optional.empty();
        try {
            parsed = file.chatTemplate().map(ChatTemplate::parse);
        } catch (ProblemException e) {
            broken = Optional.of(e); // plain completions work without it; whoever chats is told why it does not
        }
        template = parsed;
        brokenTemplate = broken;
    }

    /// @throws ProblemException if the vocabulary is broken or of an unknown kind
    public static PromptEncoder of(GgufFile file) {
        return new PromptEncoder(file);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// The longest conversation that the model was made for, in tokens.
    public int trainedContext() {
        return trainedContext;
    }

    /// Whether the file has a chat template, be it a broken one.
    public boolean hasChatTemplate() {
        return template.isPresent() || brokenTemplate.isPresent();
    }

    /// Token ids of `text` alone: no template, no specials added, special tokens in it not parsed.
    public int[] encode(String text) {
        return tokenizer.encode(text, Specials.AS_TEXT);
    }

    /// Token ids of the conversation as the chat template writes it.
    ///
    /// @param addGenerationPrompt whether the head of the answer follows
    /// @throws ProblemException if the file has no template, or it is broken or refuses the conversation
    public int[] encode(List<Message> messages, boolean addGenerationPrompt) {
        return chatText(messages, addGenerationPrompt).encode(tokenizer);
    }

    /// The conversation as the chat template writes it.
    ///
    /// @throws ProblemException as [#encode]
    public ChatText chatText(List<Message> messages, boolean addGenerationPrompt) {
        if (brokenTemplate.isPresent()) throw brokenTemplate.get();
        return template.orElseThrow(() -> new ProblemException("This model has no chat template: it cannot hold a conversation", file,
                "Use it for plain completions, or choose a model that was made for chat."))
                .render(messages, addGenerationPrompt, bos, eos);
    }

    private static String text(Vocabulary vocabulary, OptionalInt id) {
        return id.isPresent() ? vocabulary.tokens().get(id.getAsInt()) : "";
    }
}
