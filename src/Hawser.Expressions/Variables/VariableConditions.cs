using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Variables;

/// <summary>When a variable is set at all (manual, "set-var", conditions): all of those given must hold.</summary>
public struct VariableConditions
{
    private bool _ifExists;
    private bool _ifNotExists;
    private bool _ifEmpty;
    private bool _ifNotEmpty;
    private bool _ifSet;
    private bool _ifNotSet;
    private string? _comparison;

    /// <returns>False for a word that is no condition.</returns>
    public static bool TryAdd(string word, ref VariableConditions conditions)
    {
        switch (word)
        {
            case "ifexists": conditions._ifExists = true; break;
            case "ifnotexists": conditions._ifNotExists = true; break;
            case "ifempty": conditions._ifEmpty = true; break;
            case "ifnotempty": conditions._ifNotEmpty = true; break;
            case "ifset": conditions._ifSet = true; break;
            case "ifnotset": conditions._ifNotSet = true; break;
            case "ifgt" or "iflt": conditions._comparison = word; break;
            default: return false;
        }

        return true;
    }

    /// <summary>Sets the variable when the conditions hold.</summary>
    public readonly void Set(Variable variable, SampleSource source, scoped in Sample sample)
    {
        if (Hold(variable, source, in sample)) _ = variable.TrySet(source, in sample);
    }

    private readonly bool Hold(Variable variable, SampleSource source, scoped in Sample sample)
    {
        Sample old = default;
        bool isSet = variable.TryGet(source, ref old);
        // Those of the process are made when the configuration is read.
        bool exists = isSet || variable.Scope == VariableScope.Process;
        if ((_ifExists && !exists) || (_ifNotExists && exists)) return false;
        if ((_ifSet && !isSet) || (_ifNotSet && isSet)) return false;
        bool isEmpty = sample.IsBytes && sample.Bytes.IsEmpty;
        if ((_ifEmpty && !isEmpty) || (_ifNotEmpty && isEmpty)) return false;
        bool areNumbers = isSet && old.Type == SampleType.Integer && sample.Type == SampleType.Integer;
        if (_comparison is null || !areNumbers) return true;
        return _comparison == "ifgt" ? old.Integer > sample.Integer : old.Integer < sample.Integer;
    }
}
