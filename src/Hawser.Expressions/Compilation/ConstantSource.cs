using Hawser.Base.Time;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>What constant expressions are computed with: nothing but memory.</summary>
internal sealed class ConstantSource() : SampleSource(new Scratch(BlockBytes))
{
    private const int BlockBytes = 16384;

    public override UnixTime Now => default;
}
