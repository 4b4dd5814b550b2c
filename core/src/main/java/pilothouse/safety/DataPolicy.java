package pilothouse.safety;

import java.util.List;
import java.util.function.Supplier;
import pilothouse.messages.Message;
import pilothouse.messages.Part;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Target;

/// Decides what may go where, before anything is sent. One rule so far: a secret of the program
/// leaves this machine in no message. The local engine may read it, as it sends nothing on.
public final class DataPolicy {
    private final Supplier<SecretRule> secrets;

    /// @param secrets the rule of the moment, asked for at each check
    public DataPolicy(Supplier<SecretRule> secrets) {
        this.secrets = secrets;
    }

    /// @throws ProblemException if a message holds what `target` must not get; it names the message,
    ///                          never the secret text
    public void check(List<Message> messages, Target target) {
        if (target.isLocal()) return;
        var rule = secrets.get();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            boolean held = message.parts().stream().anyMatch(part -> rule.count(text(part)) > 0)
                    || message.toolCalls().stream().anyMatch(call -> rule.count(call.arguments()) > 0);
            if (held)
                throw new ProblemException("The message holds a secret of this program and would leave this machine",
                        "message " + (i + 1) + " (" + message.role().wire() + ") to " + target,
                        "Take the secret out of the prompt and its values; nothing was sent.");
        }
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Media media -> media.url();
            case Part.Pending _ -> "";
        };
    }
}
