using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.Acls;

/// <summary>Compiles "if …" and "unless …" (manual, section 7.2).</summary>
public sealed class ConditionCompiler(AclDirectory acls, IReadOnlyList<Word> words)
{
    private readonly List<AclUse[]> _groups = [];
    private readonly List<AclUse> _group = [];

    /// <summary>Why <see cref="Compile"/> returned null, in HAProxy's words, without its introduction.</summary>
    public string Problem { get; private set; } = "";

    public string? Hint { get; private set; }

    public Origin At { get; private set; }

    /// <summary>Sentences about ACLs that can never match where the rule stands, without its introduction.</summary>
    public List<(string Before, string After)> Incompatibilities { get; } = [];

    /// <summary>One of its tests reads the connection's bytes themselves, which mode http interprets first.</summary>
    public bool ReadsBytes { get; private set; }

    /// <param name="start">Of "if" or "unless".</param>
    /// <param name="place">Where the rule is evaluated: keywords that have no value there are remarked upon.</param>
    public Condition? Compile(int start, FetchContexts place)
    {
        bool isUnless = words[start].Text == "unless";
        bool isNegated = false;
        for (int next = start + 1; next < words.Count; next++)
        {
            Word word = words[next];
            string text = word.Text;
            if (text is "or" or "||")
            {
                EndGroup();
                isNegated = false;
                continue;
            }

            while (text.StartsWith('!'))
            {
                isNegated = !isNegated;
                text = text[1..];
            }

            if (text.Length == 0) continue;
            Acl? acl = text == "{" ? Anonymous(ref next) : Named(word, text);
            if (acl is null) return null;
            Check(acl, place);
            foreach (AclTest test in acl.Tests) ReadsBytes |= test.ReadsBytes;
            _group.Add(new AclUse(acl, isNegated));
            isNegated = false;
        }

        EndGroup();
        return new Condition([.. _groups], isUnless);
    }

    private void EndGroup()
    {
        if (_group.Count > 0) _groups.Add([.. _group]);
        _group.Clear();
    }

    private Acl? Named(Word word, string name)
    {
        if (acls.Find(name, out string? problem) is { } acl) return acl;
        At = word.Origin;
        Problem = problem ?? $"no such ACL : '{name}'";
        Hint = problem is null ? acls.Suggest(name) : null;
        return null;
    }

    private Acl? Anonymous(ref int next)
    {
        int first = next + 1;
        int last = first;
        while (last < words.Count && words[last].Text != "}") last++;
        if (last == words.Count)
        {
            At = words[next].Origin;
            Problem = "missing closing '}' in condition";
            return null;
        }

        AclCompiler compiler = new(acls.Context, acls.Findings, words, first, last);
        if (compiler.Compile() is not { } test)
        {
            At = compiler.At;
            Problem = compiler.Problem;
            Hint = compiler.Hint;
            return null;
        }

        if (compiler.HasNoPatterns) acls.WarnNoPatterns(words[first].Origin, "anonymous acl");
        acls.WarnOverridden(compiler);
        next = last;
        Acl acl = new("");
        acl.Add(test);
        return acl;
    }

    private void Check(Acl acl, FetchContexts place)
    {
        if (place == FetchContexts.None) return;
        foreach (AclTest test in acl.Tests)
        {
            if ((test.Contexts & place) != 0) return;
        }

        string keyword = acl.Tests.IsEmpty ? "" : acl.Tests[0].Keyword;
        Incompatibilities.Add(acl.Name.Length == 0
            ? ("anonymous acl will never match", $"because it uses keyword '{keyword}' which is incompatible with '{FetchPlaces.NameOf(place)}'")
            : ($"acl '{acl.Name}' will never match", $"because it only involves keywords that are incompatible with '{FetchPlaces.NameOf(place)}'"));
    }
}
