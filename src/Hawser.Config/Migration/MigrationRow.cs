using System;

namespace Hawser.Config.Migration;

/// <summary>One old keyword.</summary>
/// <param name="Name">One or two words; <c>no</c> before them is taken off and put back.</param>
/// <param name="Apply">Null: this use of the keyword needs no change.</param>
internal sealed record MigrationRow(string Name, Func<MigrationLine, MigrationStep?> Apply);
