#include "gridexit/pipeline/undelivered.hpp"

#include <algorithm>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/pipeline/history.hpp"
#include "messages.hpp"

namespace gridexit::pipeline {

Result<std::vector<std::string>> undelivered_messages(ports::Store& store, ports::LocalState& state,
                                                      const std::vector<std::string>& symbols,
                                                      const std::vector<std::string>& channels,
                                                      UtcTime from, UtcTime to) {
  std::vector<std::string> ids;
  GX_TRY(const auto text, state.load("ledger.yaml"));
  if (!text) return ids;
  GX_TRY(const auto ledger, codec::read<Ledger>(*text, "ledger.yaml"));
  const auto is_settled = [&ledger](const std::string& id, const std::string& channel) {
    const auto& known = ledger.document.deliveries;
    return std::any_of(known.begin(), known.end(), [&](const Delivery& delivery) {
      return delivery.message_id == id && delivery.channel == channel;
    });
  };
  for (const std::string& symbol : symbols) {
    GX_TRY(const auto days, exit_state_days(store, symbol, from, to));
    for (const ExitStateDay& day : days) {
      for (const Notified& entry : day.notified) {
        if (entry.timestamp < from || entry.timestamp > to) continue;
        std::string id = exit_message_id(symbol, entry);
        const bool settled =
            std::all_of(channels.begin(), channels.end(),
                        [&](const std::string& channel) { return is_settled(id, channel); });
        if (!settled) ids.push_back(std::move(id));
      }
    }
  }
  return ids;
}

}  // namespace gridexit::pipeline
