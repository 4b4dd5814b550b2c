package pilothouse.main;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import pilothouse.access.MemberId;
import pilothouse.app.bench.UiBench;
import pilothouse.cli.ChatCommand;
import pilothouse.cli.CheckCommand;
import pilothouse.cli.CompletionCommand;
import pilothouse.cli.Console;
import pilothouse.cli.DoctorCommand;
import pilothouse.cli.PilothouseCommand;
import pilothouse.cli.PowerCommand;
import pilothouse.cli.RenderCommand;
import pilothouse.cli.RunClient;
import pilothouse.cli.RunCommand;
import pilothouse.cli.ServeCommand;
import pilothouse.cli.TokensCommand;
import pilothouse.cli.TourCommand;
import pilothouse.cli.WindowCommand;
import pilothouse.cli.bench.BenchCommand;
import pilothouse.cli.bench.EngineBench;
import pilothouse.cli.bench.store.StoreBench;
import pilothouse.cli.bench.tokens.TokensBench;
import pilothouse.cli.models.AddCommand;
import pilothouse.cli.models.ModelsCommand;
import pilothouse.cli.prices.PricesCommand;
import pilothouse.cli.prices.SetCommand;
import pilothouse.cli.prompts.DiffCommand;
import pilothouse.cli.prompts.LabelCommand;
import pilothouse.cli.prompts.ListCommand;
import pilothouse.cli.prompts.LogCommand;
import pilothouse.cli.prompts.PromptsCommand;
import pilothouse.cli.prompts.SaveCommand;
import pilothouse.cli.prompts.SearchCommand;
import pilothouse.cli.prompts.SetsCommand;
import pilothouse.cli.prompts.ShowCommand;
import pilothouse.cli.secrets.HiddenInput;
import pilothouse.cli.secrets.RemoveCommand;
import pilothouse.cli.secrets.SecretsCommand;
import pilothouse.cli.store.BackupCommand;
import pilothouse.cli.store.BackupsCommand;
import pilothouse.cli.store.CompactCommand;
import pilothouse.cli.store.EraseCommand;
import pilothouse.cli.store.ExportCommand;
import pilothouse.cli.store.ImportCommand;
import pilothouse.cli.store.RepairCommand;
import pilothouse.cli.store.RestoreCommand;
import pilothouse.cli.store.StoreCommand;
import pilothouse.cli.store.VerifyCommand;
import pilothouse.secrets.UsersPlaces;
import pilothouse.tokens.prices.PriceFile;

/// All commands, each with what it uses.
final class CommandTree {
    private CommandTree() {}

    /// @param program of the workspace, once it is open
    /// @param care    of its store, whether it opens or not
    static CommandLine of(Console console, Supplier<Pilothouse> program, Supplier<StoreCare> care, WindowCommand.Window window) {
        Supplier<MemberId> member = () -> program.get().member().id();
        Supplier<String> target = () -> program.get().settings().target();
        var client = new RunClient(() -> program.get().runner(), () -> program.get().engine(), member, target);
        var tour = new TourCommand(console, () -> program.get().prompts(), client, () -> program.get().models(), member,
                () -> program.get().workspace().folder());
        return new CommandLine(new PilothouseCommand(console))
                .addSubcommand(new WindowCommand(console, window, tour, () -> program.get().workspace().folder().toString()))
                .addSubcommand(tour)
                .addSubcommand(new RunCommand(console, () -> program.get().prompts(), client))
                .addSubcommand(new ChatCommand(console, client))
                .addSubcommand(new RenderCommand(console, () -> program.get().prompts()))
                .addSubcommand(new CheckCommand(console, () -> program.get().prompts(), () -> program.get().models(), target))
                .addSubcommand(prompts(console, program, member))
                .addSubcommand(new TokensCommand(console, () -> program.get().prompts(), () -> program.get().targets(), target))
                .addSubcommand(models(console, program))
                .addSubcommand(secrets(console))
                .addSubcommand(prices(console, program))
                .addSubcommand(new PowerCommand(console))
                .addSubcommand(store(console, program, care, window))
                .addSubcommand(new ServeCommand(console, () -> program.get().engine(), () -> program.get().models(),
                        port -> program.get().useEnginePort(port)))
                .addSubcommand(new BenchCommand(console, List.of(new EngineBench(() -> program.get().engine(), () -> program.get().models()),
                        new StoreBench(() -> program.get().workspace().folder()), new TokensBench(() -> program.get().models()),
                        new UiBench(() -> program.get().models()))))
                .addSubcommand(new DoctorCommand(console, Pilothouse.home(), Session::standardFolder))
                .addSubcommand(new CompletionCommand(console));
    }

    private static CommandLine prompts(Console console, Supplier<Pilothouse> program, Supplier<MemberId> member) {
        return new CommandLine(new PromptsCommand())
                .addSubcommand(new ListCommand(console, () -> program.get().prompts(), () -> program.get().labels()))
                .addSubcommand(new LogCommand(console, () -> program.get().prompts(), () -> program.get().labels()))
                .addSubcommand(new ShowCommand(console, () -> program.get().prompts()))
                .addSubcommand(new SearchCommand(console, () -> program.get().search()))
                .addSubcommand(new SaveCommand(console, () -> program.get().prompts(), member))
                .addSubcommand(new DiffCommand(console, () -> program.get().prompts()))
                .addSubcommand(new LabelCommand(console, () -> program.get().prompts(), () -> program.get().labels()))
                .addSubcommand(new SetsCommand(console, () -> program.get().prompts(), () -> program.get().valueSets()));
    }

    private static CommandLine models(Console console, Supplier<Pilothouse> program) {
        return new CommandLine(new ModelsCommand())
                .addSubcommand(new pilothouse.cli.models.ListCommand(console, () -> program.get().models(), () -> program.get().local()))
                .addSubcommand(new AddCommand(console, () -> program.get().models()));
    }

    private static CommandLine prices(Console console, Supplier<Pilothouse> program) {
        Supplier<PriceFile> file = () -> program.get().prices();
        var clock = InstantSource.system();
        return new CommandLine(new PricesCommand())
                .addSubcommand(new pilothouse.cli.prices.ImportCommand(console, file, clock))
                .addSubcommand(new pilothouse.cli.prices.ListCommand(console, file, clock))
                .addSubcommand(new SetCommand(console, file, clock));
    }

    private static CommandLine secrets(Console console) {
        var input = new HiddenInput(console);
        var places = UsersPlaces.all(input);
        return new CommandLine(new SecretsCommand())
                .addSubcommand(new pilothouse.cli.secrets.AddCommand(console, places, input))
                .addSubcommand(new pilothouse.cli.secrets.ListCommand(console, places))
                .addSubcommand(new RemoveCommand(console, places));
    }

    private static CommandLine store(Console console, Supplier<Pilothouse> program, Supplier<StoreCare> care, WindowCommand.Window window) {
        return new CommandLine(new StoreCommand())
                .addSubcommand(new VerifyCommand(console, progress -> care.get().check(progress)))
                .addSubcommand(new RepairCommand(console, progress -> care.get().repair(progress)))
                .addSubcommand(new BackupCommand(console, () -> program.get().backups()))
                .addSubcommand(new BackupsCommand(console, () -> program.get().backups()))
                .addSubcommand(new RestoreCommand(console, () -> program.get().store(), () -> program.get().clock(), window::isOpen))
                .addSubcommand(new CompactCommand(console, () -> program.get().store(), () -> program.get().runStore(), () -> program.get().clock()))
                .addSubcommand(new ExportCommand(console, () -> program.get().histories()))
                .addSubcommand(new EraseCommand(console, () -> program.get().prompts(), () -> program.get().erasure(), window::isOpen))
                .addSubcommand(new ImportCommand(console, () -> program.get().histories()));
    }

    /// The command that will run.
    static Object leaf(CommandLine.ParseResult parsed) {
        return parsed.hasSubcommand() ? leaf(parsed.subcommand()) : parsed.commandSpec().userObject();
    }

    static PilothouseCommand root(CommandLine line) {
        return line.getCommand();
    }
}
