namespace Hawser.Control.Stats;

/// <summary>A value, or none: a column that has no meaning for an object stays empty.</summary>
public readonly record struct StatValue
{
    public StatValue(long number)
    {
        Number = number;
        IsSet = true;
    }

    public StatValue(string text)
    {
        Text = text;
        IsSet = true;
    }

    public bool IsSet { get; }

    public long Number { get; }

    /// <summary>Null for a number.</summary>
    public string? Text { get; }

    public static implicit operator StatValue(long number) => new(number);

    public static implicit operator StatValue(string text) => new(text);
}
