using Hawser.Config.Keywords;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>A server or server-template line with what default-server gave it.</summary>
public sealed class ServerView
{
    private const string Template = "server-template";

    /// <param name="optionsAt">The first word of its own options.</param>
    internal ServerView(Statement statement, LineOptions defaults, int optionsAt)
    {
        Statement = statement;
        IsTemplate = statement.Is(Template);
        Word address = statement[OptionsAt(statement) - 1];
        Address = AddressView.Parse(address.Text, address.Origin);
        Options = defaults.Inherit();
        if (optionsAt < statement.Count) Options.Read(statement.Words[optionsAt..], ServerOptions.Table);
    }

    public Statement Statement { get; }

    public LineOptions Options { get; }

    public AddressView Address { get; }

    /// <summary>Stands for several servers at one name.</summary>
    public bool IsTemplate { get; }

    public Word Name => Statement[1];

    public bool IsBackup => Options.Has("backup");

    public bool IsDisabled => Options.Has("disabled") && !Options.Has("enabled");

    /// <summary>Somebody finds out when it dies: its own check, another server's, or an agent.</summary>
    public bool IsWatched => Options.Has("check") || Options.Has("track") || Options.Has("agent-check");

    /// <summary>1 unless given.</summary>
    public long Weight => Options.NumberOf("weight") ?? 1;

    /// <summary>The word behind the address of a server or server-template line.</summary>
    internal static int OptionsAt(Statement statement) => statement.Is(Template) ? 4 : 3;

    internal static bool IsServerLine(Statement statement) =>
        !statement.IsNegated
        && ((statement.Is("server") && statement.Count > 2) || (statement.Is(Template) && statement.Count > 3));
}
