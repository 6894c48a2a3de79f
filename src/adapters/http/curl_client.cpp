#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>

#include "gridexit/adapters/http/client.hpp"

namespace gridexit::adapters::http {
namespace {

constexpr std::size_t kHeadersMaxBytes = std::size_t{64} * 1024;

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;
using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

// What the callbacks of one transfer write into.
struct Transfer {
  Response response;
  std::size_t header_bytes = 0;
  std::size_t body_max_bytes = 0;
  bool oversize = false;
  const std::function<bool()>* should_stop = nullptr;
};

std::size_t on_body(char* data, std::size_t, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (count > transfer.body_max_bytes - transfer.response.body.size()) {
    transfer.oversize = true;
    return 0;
  }
  transfer.response.body.append(data, count);
  return count;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t on_header(char* data, std::size_t, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.header_bytes += count;
  if (transfer.header_bytes > kHeadersMaxBytes) {
    transfer.oversize = true;
    return 0;
  }
  const std::string_view line(data, count);
  if (line.substr(0, 5) == "HTTP/") {
    // An interim answer (100) came first: what counts is the last one.
    transfer.response.headers.clear();
    return count;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  std::string name(trimmed(line.substr(0, colon)));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  transfer.response.headers[name] = std::string(trimmed(line.substr(colon + 1)));
  return count;
}

int on_progress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& transfer = *static_cast<const Transfer*>(context);
  return *transfer.should_stop && (*transfer.should_stop)() ? 1 : 0;
}

FailureKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT: return FailureKind::bad_request;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return FailureKind::dns;
    case CURLE_COULDNT_CONNECT: return FailureKind::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM: return FailureKind::tls;
    case CURLE_OPERATION_TIMEDOUT: return FailureKind::timeout;
    case CURLE_FILESIZE_EXCEEDED: return FailureKind::oversize;
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_GOT_NOTHING: return FailureKind::cut_body;
    case CURLE_ABORTED_BY_CALLBACK: return FailureKind::cancelled;
    default: return FailureKind::other;
  }
}

// curl's own detail carries host names and milliseconds; only for TLS does it say more than the
// kind.
std::string message_of(FailureKind kind, CURLcode code, std::string_view detail) {
  switch (kind) {
    case FailureKind::bad_request: return "the address is not a usable http or https URL";
    case FailureKind::dns: return "the host name does not resolve";
    case FailureKind::connect: return "no connection (refused or unreachable)";
    case FailureKind::tls:
      return "TLS failed: " + std::string(detail.empty() ? curl_easy_strerror(code) : detail);
    case FailureKind::timeout: return "no complete answer in time";
    case FailureKind::oversize: return "the answer is larger than allowed";
    case FailureKind::cut_body: return "the connection ended inside the answer";
    case FailureKind::cancelled: return "given up because the run was asked to end";
    case FailureKind::other: return curl_easy_strerror(code);
  }
  return {};
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

struct CurlClient::Session {
  ClientOptions options;
  Easy easy;
  std::string trust;  // PEM of the system's certificates and the additional one
  std::optional<Failure> broken;

  void open();
  void trust_additional();
  void configure(const Request& request, const HeaderList& headers, Transfer& transfer) const;
};

void CurlClient::Session::open() {
  static const CURLcode library = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (library == CURLE_OK) easy.reset(curl_easy_init());
  if (!easy) {
    broken = Failure{FailureKind::bad_request, "the HTTP library cannot be initialised"};
    return;
  }
  if (!options.ca_file.empty()) trust_additional();
}

// CURLOPT_CAINFO would replace the system's certificates, so both are handed over as one text.
void CurlClient::Session::trust_additional() {
  const auto additional = read_file(options.ca_file);
  if (!additional || additional->find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
    broken = Failure{FailureKind::tls, "the CA file " + options.ca_file +
                                           " cannot be read or holds no PEM certificate"};
    return;
  }
  const char* system_file = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_CAINFO, &system_file);
  if (system_file != nullptr) trust = read_file(system_file).value_or("");
  trust += '\n' + *additional;
}

void CurlClient::Session::configure(const Request& request, const HeaderList& headers,
                                    Transfer& transfer) const {
  CURL* handle = easy.get();
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  // A name server that is silent must not hold the caller beyond the timeout.
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
  const long timeout_ms = request.timeout.count();
  const long connect_timeout_ms = request.connect_timeout.count();
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  // Unpacked before on_body counts, so that the limit holds for what the caller gets.
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE,
                   static_cast<curl_off_t>(options.body_max_bytes));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  if (!trust.empty()) {
    curl_blob blob{const_cast<char*>(trust.data()), trust.size(), CURL_BLOB_NOCOPY};
    curl_easy_setopt(handle, CURLOPT_CAINFO_BLOB, &blob);
  }
  switch (request.method) {
    case Method::get: break;
    case Method::post:
      curl_easy_setopt(handle, CURLOPT_POST, 1L);
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
      break;
    case Method::connect: curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L); break;
  }
}

CurlClient::CurlClient(ClientOptions options) : session_(std::make_unique<Session>()) {
  session_->options = std::move(options);
}
CurlClient::~CurlClient() = default;

Outcome CurlClient::send(const Request& request) {
  if (!session_->easy && !session_->broken) session_->open();
  if (session_->broken) return *session_->broken;

  for (const auto& [name, value] : request.headers) {
    // A secret read from a file may end with a newline; sent as it is, it would start a new header.
    if ((name + value).find_first_of("\r\n") != std::string::npos) {
      return Failure{FailureKind::bad_request, "a line break in the header " + name};
    }
  }
  HeaderList headers;
  const auto add = [&headers](const std::string& line) {
    if (curl_slist* list = curl_slist_append(headers.get(), line.c_str())) {
      static_cast<void>(headers.release());
      headers.reset(list);
    }
  };
  // Without this, curl waits for "100 Continue" before it sends a larger body.
  add("Expect:");
  for (const auto& [name, value] : request.headers) {
    add(std::string(name).append(": ").append(value));
  }

  Transfer transfer;
  transfer.body_max_bytes = session_->options.body_max_bytes;
  transfer.should_stop = &session_->options.should_stop;
  session_->configure(request, headers, transfer);
  std::array<char, CURL_ERROR_SIZE> detail{};
  CURL* handle = session_->easy.get();
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail.data());
  const CURLcode code = curl_easy_perform(handle);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, nullptr);
  if (code != CURLE_OK) {
    const FailureKind kind = transfer.oversize ? FailureKind::oversize : kind_of(code);
    return Failure{kind, message_of(kind, code, detail.data())};
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  transfer.response.status = static_cast<int>(status);
  return std::move(transfer.response);
}

}  // namespace gridexit::adapters::http
