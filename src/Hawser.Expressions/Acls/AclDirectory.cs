using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.Acls;

/// <summary>
/// The ACLs of one proxy while its rules are compiled: those it declares, with those of its defaults before them, and
/// the predefined ones when they are asked for.
/// </summary>
public sealed class AclDirectory : NamedConditions
{
    private const string Code = "HWS2070";

    private readonly Dictionary<string, Acl> _acls = new(StringComparer.Ordinal);

    private readonly DiagnosticBag _diagnostics;

    /// <param name="context">Of the proxy; what is compiled with <see cref="Context"/> may name the ACLs too.</param>
    public AclDirectory(CompileContext context, DiagnosticBag diagnostics)
    {
        Context = context with { Conditions = this };
        _diagnostics = diagnostics;
    }

    public CompileContext Context { get; }

    public override NamedCondition? FindCondition(string name) => Find(name, out _);

    /// <summary>Compiles the words behind "acl": a name and a test.</summary>
    public void Declare(IReadOnlyList<Word> words)
    {
        if (words.Count == 0) return;
        Word name = words[0];
        if (name.Text is "or" or "||")
        {
            Report(name.Origin, $"acl name '{name.Text}' will never match. 'or' is used to express a logical disjunction within a condition.");
            return;
        }

        foreach (char character in name.Text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':') continue;
            Report(name.Origin, $"character '{character}' is not permitted in acl name '{name.Text}'.");
            return;
        }

        AclCompiler compiler = new(Context, _diagnostics, words, 1, words.Count);
        if (compiler.Compile() is { } test)
        {
            if (!_acls.TryGetValue(name.Text, out Acl? acl)) _acls.Add(name.Text, acl = new Acl(name.Text));
            acl.Add(test);
            if (compiler.HasNoPatterns) WarnNoPatterns(name.Origin, $"acl '{name.Text}'");
            WarnOverridden(compiler);
            return;
        }

        Report(compiler.At, $"error detected while parsing ACL '{name.Text}' : {compiler.Problem}.", compiler.Hint);
    }

    /// <summary>Null for a name that is neither declared nor predefined.</summary>
    /// <param name="problem">Why a predefined one cannot be used here.</param>
    public Acl? Find(string name, out string? problem)
    {
        problem = null;
        if (_acls.TryGetValue(name, out Acl? known)) return known;
        if (!PredefinedAcls.All.TryGetValue(name, out string? declaration)) return null;
        List<Word> words = [.. declaration.Split(' ').Select(text => new Word(text, Origin.None))];
        AclCompiler compiler = new(Context, _diagnostics, words, 0, words.Count);
        if (compiler.Compile() is not { } test)
        {
            problem = compiler.Problem;
            return null;
        }

        Acl acl = new(name);
        acl.Add(test);
        _acls.Add(name, acl);
        return acl;
    }

    /// <summary>Of names that nearly are one.</summary>
    internal string? Suggest(string name) =>
        ExpressionCompiler.DidYouMean(Compilation.Suggestion.For(name, _acls.Keys.Concat(PredefinedAcls.All.Keys)));

    /// <summary>Where mistakes are reported.</summary>
    internal DiagnosticBag Findings => _diagnostics;

    internal void WarnNoPatterns(Origin at, string what) => _diagnostics.Report(Code, Severity.Warning, at,
        $"{what} : no pattern to match against were provided, so this ACL will never match.",
        "If this is what you intended, please add '--'. If you intended to match only for existence, please use '-m found'. "
        + "If you wanted to force an int to match as a bool, please use '-m bool'.");

    internal void WarnOverridden(AclCompiler compiler)
    {
        if (compiler.Overridden is not { } found) return;
        _diagnostics.Report(Code, Severity.Warning, found.At,
            $"original matching method '{found.Criterion}' was overwritten and will not be applied as expected.",
            "write the name of the fetch method itself in front of '-m'");
    }

    private void Report(Origin at, string message, string? hint = null) =>
        _diagnostics.Report(Code, Severity.Alert, at, message, hint);
}
