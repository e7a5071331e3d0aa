using System;

namespace Hawser.Config.Keywords;

/// <summary>Sections in which a keyword may stand.</summary>
[Flags]
public enum SectionSet
{
    None = 0,
    Global = 1,
    Defaults = 2,
    Frontend = 4,
    Listen = 8,
    Backend = 16,

    /// <summary>A section that is not implemented yet.</summary>
    Later = 32,

    /// <summary>A section that is neither, such as a list of users.</summary>
    Named = 64,

    Front = Frontend | Listen,
    Back = Backend | Listen,
    Proxies = Frontend | Listen | Backend,
}
