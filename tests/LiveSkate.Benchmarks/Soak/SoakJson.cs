using System.Text.Json;
using System.Text.Json.Serialization;
using LiveSkate.Simulator.Play;

namespace LiveSkate.Benchmarks.Soak;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HeatView))]
internal sealed partial class SoakJson : JsonSerializerContext;
