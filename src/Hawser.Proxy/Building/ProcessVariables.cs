using System.Collections.Immutable;
using System.Linq;
using Hawser.Base.Random;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Actions;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Building;

/// <summary>
/// "set-var" and "set-var-fmt" of the global section: the actions of that name, run once before the first session. One may
/// use those that stand before it.
/// </summary>
internal static class ProcessVariables
{
    /// <summary>The compiled lines, in order; findings go to the bag.</summary>
    /// <param name="before">
    /// Of the running configuration: a line that it has as well has had its effect, and what became of the variable since
    /// then stays. Null at a start.
    /// </param>
    public static ImmutableArray<SessionAction> Compile(
        GlobalConfig global, GlobalConfig? before, CompileContext context, ReplyCompiler replies, DiagnosticBag findings)
    {
        ImmutableArray<SessionAction>.Builder actions = ImmutableArray.CreateBuilder<SessionAction>();
        ProxyConfig nobody = new() { Name = "", Kind = ProxyKind.Defaults, Origin = Origin.None };
        foreach (ProcessVariableConfig variable in global.ProcessVariables)
        {
            string name = variable.IsFormat ? "set-var-fmt" : "set-var";
            Word action = new($"{name}({variable.Name.Text})", variable.Name.Origin);
            ActionReader reader = new([action, .. variable.Words], "", context with { Place = FetchContexts.Configuration }, findings)
            {
                Proxy = nobody,
                Captures = new CapturePlan(nobody.Http),
                Replies = replies,
                InParentheses = variable.Name,
            };
            if (ActionTable.Find(name)!.Parse!(reader) is { } compiled && !Has(before, variable)) actions.Add(compiled);
        }

        return actions.ToImmutable();
    }

    private static bool Has(GlobalConfig? before, ProcessVariableConfig variable)
    {
        foreach (ProcessVariableConfig known in before is null ? [] : before.ProcessVariables)
        {
            if (known.IsFormat == variable.IsFormat && known.Name.Text == variable.Name.Text
                && known.Words.Select(static word => word.Text).SequenceEqual(variable.Words.Select(static word => word.Text)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sets them; no rule runs meanwhile that could read half of them.</summary>
    public static void Set(ImmutableArray<SessionAction> actions, VariableStore store, LogProcess process, int scratchBytes, ulong seed)
    {
        if (actions.IsEmpty) return;
        SessionLogRecord record = new() { Variables = scope => scope == Expressions.Samples.VariableScope.Process ? store : null };
        SessionLogSource source = new(record, process, new Scratch(scratchBytes)) { Random = new Prng(seed) };
        foreach (SessionAction action in actions) action.Run(null!, source);
    }
}
