using System;
using Hawser.Base.Network;

namespace Hawser.Expressions.Samples;

/// <summary>
/// One typed value on its way through an expression. Text and bytes are not copied: they lie in the source, in a
/// compiled argument or in the source's <see cref="Scratch"/>, and stay valid until the next expression is evaluated
/// with that scratch or its source changes.
/// </summary>
public ref struct Sample
{
    /// <summary>One of the concrete types.</summary>
    public SampleType Type { get; private set; }

    /// <summary>For <see cref="SampleType.Integer"/>; 0 or 1 for <see cref="SampleType.Boolean"/>.</summary>
    public long Integer { get; private set; }

    public NetworkAddress Address { get; private set; }

    /// <summary>For strings, binary data and methods.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>
    /// Set by a fetch, also one without a value, when more data can change its answer: a rule over it then waits
    /// ("tcp-request inspect-delay") instead of deciding.
    /// </summary>
    public bool MayChange { get; set; }

    /// <summary>
    /// For fetches with several values (a header that occurs twice): 0 for the first; a fetch that has more values sets
    /// <see cref="HasMore"/> and may keep its place here. Who wants the next value evaluates again with the same sample.
    /// </summary>
    public long Place { get; set; }

    /// <inheritdoc cref="Place"/>
    public bool HasMore { get; set; }

    /// <summary>
    /// Set by who will ask for every value: an ACL. A fetch with several values then begins with the first one, while
    /// alone it gives the one that its manual entry names, often the last.
    /// </summary>
    public bool WantsAll { get; set; }

    public readonly bool IsAddress => Type is SampleType.IPv4 or SampleType.IPv6;

    /// <summary>Whether <see cref="Bytes"/> is what it holds.</summary>
    public readonly bool IsBytes => Type is SampleType.String or SampleType.Binary or SampleType.Method;

    public void SetBoolean(bool value) => (Type, Integer) = (SampleType.Boolean, value ? 1 : 0);

    public void SetInteger(long value) => (Type, Integer) = (SampleType.Integer, value);

    /// <param name="value">IPv4 or IPv6; the port is not part of the sample.</param>
    public void SetAddress(in NetworkAddress value)
    {
        Type = value.Family == AddressFamily.IPv4 ? SampleType.IPv4 : SampleType.IPv6;
        Address = value;
    }

    public void SetString(ReadOnlySpan<byte> value)
    {
        Type = SampleType.String;
        Bytes = value;
    }

    public void SetBinary(ReadOnlySpan<byte> value)
    {
        Type = SampleType.Binary;
        Bytes = value;
    }

    public void SetMethod(ReadOnlySpan<byte> value)
    {
        Type = SampleType.Method;
        Bytes = value;
    }

    /// <summary>The type and the value of another one, without its place.</summary>
    public void SetValue(scoped in Sample value, ReadOnlySpan<byte> bytes)
    {
        Type = value.Type;
        Integer = value.Integer;
        Address = value.Address;
        Bytes = bytes;
    }
}
