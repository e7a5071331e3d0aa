namespace Hawser.Expressions.Samples;

/// <summary>
/// What samples are taken from: a session, a log record, a check. Each kind is a class of the data plane, and the rows
/// that read it stand beside it and cast to it.
/// </summary>
public abstract class SampleSource
{
}
