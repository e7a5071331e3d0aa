using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Model;
using Hawser.Control.Stats;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show info", "show version".</summary>
internal static class InfoCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("show info", "what the process is and does", CliLevel.User, ShowInfo, "[desc|json|typed|float]*"),
        CommandRow.Simple("show version", "version of this process", CliLevel.User,
            static call => call.Info(call.Context.Facts.Version)),
    ];

    private static void ShowInfo(CliCall call)
    {
        bool isTyped = false;
        bool isJson = false;
        bool isDescribed = false;
        bool isFloat = false;
        foreach (string word in call.Arguments)
        {
            isTyped |= word == "typed";
            isJson |= word == "json";
            isDescribed |= word == "desc";
            isFloat |= word == "float";
        }

        InfoSnapshot snapshot = InfoSnapshot.Take(
            call.Context.Set, call.Context.Model, call.Context.Facts, call.Loop);
        if (isFloat)
            snapshot.ShowFractions(call.Context.Set, call.Loop.WallClock);
        StatValue[] values = snapshot.Values;
        ImmutableArray<FieldDescription> fields = isFloat ? InfoFields.Floating : InfoFields.List;
        if (isJson)
        {
            JsonStats.WriteInfo(call.Output, values, fields);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            FieldDescription field = fields[i];
            if (!values[i].IsSet)
                continue;
            if (isTyped)
            {
                TypedStats.WriteValue(call.Output, i, field, field.Tags, values[i], isDescribed);
                continue;
            }

            call.Output.Write($"{field.Name}: ");
            StatText.Write(call.Output, values[i]);
            if (isDescribed)
                call.Output.Write($":\"{field.Text}\"");
            call.Output.Write((byte)'\n');
        }
    }
}
