/*
 * A service that knows prices. Clients speak lines over TCP, port 8080; each line has one line for an answer:
 *
 *   PRICE <quantity> <sku>    the price in cents | UNKNOWN <sku> | MALFORMED
 *
 * The log on stdout has a line for every exception, and is written before the answer.
 */
#include <arpa/inet.h>
#include <csignal>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static const std::map<std::string, int> cents = {{"apple", 25}, {"pear", 30}};

/* One way of two to look something up: what is not there is an exception. */
static int price_of(const std::string &sku) {
    return cents.at(sku);
}

static std::string answer(const std::string &request) {
    std::istringstream words(request);
    std::string verb, quantity, sku;
    words >> verb >> quantity >> sku;
    try {
        return std::to_string(std::stoi(quantity) * price_of(sku));
    } catch (const std::out_of_range &) {
        std::cout << "CAUGHT out_of_range " << sku << std::endl;
        return "UNKNOWN " + sku;
    } catch (const std::invalid_argument &) {
        std::cout << "CAUGHT invalid_argument " << quantity << std::endl;
        return "MALFORMED";
    }
}

static void converse(int client) {
    std::string line;
    for (char c; read(client, &c, 1) == 1;) {
        if (c != '\n') {
            line += c;
            continue;
        }
        std::string reply = answer(line) + "\n";
        if (write(client, reply.data(), reply.size()) < 0) return;
        line.clear();
    }
}

int main() {
    std::signal(SIGTERM, [](int) { _exit(0); });
    std::signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(8080);
    if (bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address) < 0 || listen(listener, 16) < 0) {
        std::cerr << "prices: cannot listen" << std::endl;
        return 1;
    }
    std::cout << "OPEN" << std::endl;
    for (;;) {
        int client = accept(listener, nullptr, nullptr);
        converse(client);
        close(client);
    }
}
