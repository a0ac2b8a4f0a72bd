# The daily commands. `make ci` is what decides.
.PHONY: run test race lint fmt generate fuzz bench peers growth soak build ci

run: ## serve the demo world on port 8080
	go run ./cmd/tenantry serve

test:
	go test ./...

race:
	go test -race -shuffle=on ./...

lint:
	.ci/lint run

fmt:
	.ci/lint fmt

generate: ## the OpenAPI document from reference.json and overlay.yaml
	go generate ./...

fuzz: ## every fuzz target for a while; FUZZTIME=1m for longer
	.ci/fuzz $(FUZZTIME)

bench: ## the budgets of speed and size, measured beside what they have to be; BUDGET='-count 5' for its flags
	go build -o bin/budget ./bench/budget && exec bin/budget $(BUDGET)

peers: ## Tenantry against other mock servers, into docs/performance.md; PEERS='-cache FOLDER -rounds 7' for its flags
	go build -o bin/peers ./bench/peers && exec bin/peers $(PEERS)

growth: ## how speed and memory follow the size of the world, into docs/performance.md and docs/growth.svg; GROWTH='-sizes 1000,10000'
	go build -o bin/growth ./bench/growth && exec bin/growth $(GROWTH)

soak: ## a million mixed requests with faults on, after which nothing may be left behind; SOAK='-requests 50000'
	go build -o bin/soak ./bench/soak && exec bin/soak $(SOAK)

build: ## the static binary
	.ci/build bin/tenantry

ci:
	bash .ci/run
