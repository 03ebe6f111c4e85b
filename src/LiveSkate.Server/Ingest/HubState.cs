namespace LiveSkate.Server.Ingest;

/// <summary>What gateways and edges read of the hub itself, retained.</summary>
internal static class HubState
{
    public const string Topic = "hub/state";

    public static readonly byte[] Online = """{"state":"online"}"""u8.ToArray(), Lost = """{"state":"lost"}"""u8.ToArray();
}
