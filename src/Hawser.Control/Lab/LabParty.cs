namespace Hawser.Control.Lab;

/// <summary>One of the two applications of a case.</summary>
public enum LabParty
{
    Client,
    Server,
}
