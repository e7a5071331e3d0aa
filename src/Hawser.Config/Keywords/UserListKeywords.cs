using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>A group, and the users that its own line puts into it.</summary>
public sealed record UserGroup(string Name, Word[] Users);

/// <summary>A user, and the groups that the user's own line names.</summary>
public sealed record ListedUser(UserConfig User, Word[] Groups);

/// <summary>What keywords of a userlist section write to.</summary>
public sealed class UserListContext(string name, Origin origin)
{
    public string Name { get; } = name;

    public Origin Origin { get; } = origin;

    public List<ListedUser> Users { get; } = [];

    public List<UserGroup> Groups { get; } = [];
}

/// <summary>The keywords of userlist sections.</summary>
public static class UserListKeywords
{
    public static readonly KeywordTable<UserListContext> Table = new(Rows);

    private static IEnumerable<KeywordRow<UserListContext>> Rows =>
    [
        Row("group", "<name> [ users <users> ]", ParseGroup, "a group of users"),
        Row("user", "<name> [ password <hash> | insecure-password [ <text> ] | groups <groups> ]*", ParseUser, "a user with a password"),
    ];

    private static KeywordRow<UserListContext> Row(
        string name, string usage, KeywordParser<UserListContext> parse, string doc) =>
        new(name, usage, SectionSet.Named, KeywordStatus.Implemented, doc) { Parse = parse, ChecksUsage = true };

    private static void ParseGroup(LineCursor line, UserListContext context)
    {
        if (!line.TryTake(out Word name)) return;
        Word[] users = [];
        if (line.TryTake(out _) && line.TryTake(out Word list)) users = Names(list);
        if (context.Groups.Exists(group => group.Name == name.Text)) Ignore(line, "group", name, context);
        else context.Groups.Add(new UserGroup(name.Text, users));
    }

    private static void ParseUser(LineCursor line, UserListContext context)
    {
        if (!line.TryTake(out Word name)) return;
        UserConfig user = new() { Name = name.Text, Origin = line.KeywordOrigin };
        List<Word> groups = [];
        while (line.TryTake(out Word option))
        {
            // Only an insecure password may be missing at the end.
            line.TryTake(out Word value);
            if (option.Text == "groups") groups.AddRange(Names(value));
            else user = user with { Password = value.Text ?? "", IsHashed = option.Text == "password" };
        }
        if (context.Users.Exists(other => other.User.Name == name.Text)) Ignore(line, "user", name, context);
        else context.Users.Add(new ListedUser(user, [.. groups]));
    }

    private static void Ignore(LineCursor line, string what, Word name, UserListContext context) =>
        line.Warn(DiagnosticCodes.Overwritten, name.Origin, $"ignoring duplicated {what} '{name.Text}' in userlist '{context.Name}'.");

    private static Word[] Names(Word list) =>
        [.. list.Text.Split(',').Where(static name => name.Length > 0).Select(name => list with { Text = name })];
}
