using System;
using Hawser.Base.Network;

namespace Hawser.Expressions.Samples;

/// <summary>
/// One typed value, valid until its source changes: text is not copied, it lies in the source.
/// </summary>
public ref struct Sample
{
    public SampleType Type { get; private set; }

    /// <summary>For <see cref="SampleType.Integer"/>; 0 or 1 for <see cref="SampleType.Boolean"/>.</summary>
    public long Integer { get; private set; }

    public NetworkAddress Address { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public void SetBoolean(bool value) => (Type, Integer) = (SampleType.Boolean, value ? 1 : 0);

    public void SetInteger(long value) => (Type, Integer) = (SampleType.Integer, value);

    public void SetAddress(in NetworkAddress value) => (Type, Address) = (SampleType.Address, value);

    public void SetText(ReadOnlySpan<byte> value)
    {
        Type = SampleType.String;
        Text = value;
    }
}
