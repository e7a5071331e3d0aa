using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Binding;

/// <summary>Reads <c>userlist</c> sections.</summary>
internal sealed class UserListBinder(VariableScope variables, DiagnosticBag diagnostics)
{
    private const string Section = "userlist";

    private readonly List<UserListContext> _lists = [];
    private UserListContext? _list;

    /// <summary>False when the section's lines are to be skipped.</summary>
    public bool Open(IReadOnlyList<Word> words)
    {
        if (SectionHeader.Name(words, ignoresRest: false, diagnostics) is not { } name) return false;
        _list = _lists.Find(list => list.Name == name.Text);
        if (_list is null) _lists.Add(_list = new UserListContext(name.Text, words[0].Origin));
        else
        {
            diagnostics.Report(DiagnosticCodes.DuplicateSection, Severity.Warning, name.Origin,
                $"ignoring duplicated {Section} '{name.Text}'.", "its lines are added to the first one");
        }
        return true;
    }

    public void Bind(IReadOnlyList<Word> words) =>
        KeywordRunner.Run(words, UserListKeywords.Table, _list!, new LinePlace(SectionSet.Named, Section, "", variables), diagnostics);

    /// <summary>Users with the groups of both kinds of lines, in the order of the groups.</summary>
    public ImmutableArray<UserListConfig> Finish() => [.. _lists.Select(Finish)];

    private UserListConfig Finish(UserListContext list)
    {
        Dictionary<string, HashSet<string>> groupsOf = new(StringComparer.Ordinal);
        foreach (ListedUser listed in list.Users)
        {
            groupsOf[listed.User.Name] = new HashSet<string>(listed.Groups.Select(static group => group.Text), StringComparer.Ordinal);
            foreach (Word name in listed.Groups)
            {
                if (!list.Groups.Exists(group => group.Name == name.Text))
                    Miss(list, name, $"no such group '{name.Text}' specified in user '{listed.User.Name}'");
            }
        }
        foreach (UserGroup group in list.Groups)
        {
            foreach (Word name in group.Users)
            {
                if (groupsOf.TryGetValue(name.Text, out HashSet<string>? groups)) groups.Add(group.Name);
                else Miss(list, name, $"no such user '{name.Text}' specified in group '{group.Name}'");
            }
        }
        return new UserListConfig(list.Name, [.. list.Users.Select(listed => listed.User with
        {
            Groups = [.. list.Groups.Select(static group => group.Name).Where(groupsOf[listed.User.Name].Contains)],
        })], list.Origin);
    }

    private void Miss(UserListContext list, Word name, string what) =>
        diagnostics.ReportWhole(DiagnosticCodes.UnknownName, Severity.Alert, name.Origin, $"{Section} '{list.Name}': {what}");
}
