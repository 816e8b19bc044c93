"""A forge on the loopback interface: the parts of the APIs of GitHub, GitLab and Gitea that a review bot uses.

forge.py REPOSITORY STATE-FOLDER KIND  serves the pull request number 1, `change` into `main`, until it is ended. It
refuses what the real ones refuse: a comment outside the diff refuses its whole batch, and nothing is kept. After each
request STATE-FOLDER/state.json holds what a reader would see. STATE-FOLDER/faults holds answers for the next
requests, one a line: `METHOD STATUS [RETRY-AFTER] [HEADER:VALUE] [MESSAGE]`.
"""
import json
import os
import re
import subprocess
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import threading

REPOSITORY, FOLDER, KIND = sys.argv[1:4]
LOCK = threading.Lock()
BOT = {"login": "warden[bot]", "username": "warden", "type": "Bot"}
PERSON = {"login": "mallory", "username": "mallory", "type": "User"}
STATE = {"comments": [], "summaries": [], "statuses": [], "log": [], "next": 1, "refused": 0, "rejected": []}
PAGE = 3


def git(*arguments):
    return subprocess.run(
        ["git", "-C", REPOSITORY, *arguments], check=True, capture_output=True).stdout.decode("utf-8", "replace")


def head():
    return git("rev-parse", "change").strip()


def base():
    return git("merge-base", "main", "change").strip()


def unquoted(name):
    if not name.startswith('"'):
        return name
    raw = re.sub(r'\\([0-7]{3}|.)', lambda m: chr(int(m[1], 8)) if m[1][0].isdigit() else
                 {"n": "\n", "t": "\t"}.get(m[1], m[1]), name[1:-1])
    return raw.encode("latin-1").decode("utf-8", "replace")


def files():
    """Each file of the diff: its names, its patch, and the lines that are shown on each side, with their hunk."""
    found = []
    for part in re.split(r"^diff --git ", git("diff", "--no-color", "-M", base(), "change"), flags=re.M)[1:]:
        lines = part.split("\n")
        old = new = None
        patch = []
        for line in lines[1:]:
            if patch or line.startswith("@@ "):
                patch.append(line)
            elif line.startswith("--- ") or line.startswith("rename from "):
                name = unquoted(line.split(" ", 2 if "rename" in line else 1)[-1].rstrip("\t"))
                old = name if "rename" in line else name[2:] if name != "/dev/null" else old
            elif line.startswith("+++ ") or line.startswith("rename to "):
                name = unquoted(line.split(" ", 2 if "rename" in line else 1)[-1].rstrip("\t"))
                new = name if "rename" in line else name[2:] if name != "/dev/null" else new
        if old is None and new is None:
            continue
        shown = {"LEFT": {}, "RIGHT": {}}
        hunk, left, right = -1, 0, 0
        for line in patch:
            match = re.match(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@", line)
            if match:
                hunk, left, right = hunk + 1, int(match[1]), int(match[2])
            elif line.startswith("+"):
                shown["RIGHT"][right] = hunk
                right += 1
            elif line.startswith("-"):
                shown["LEFT"][left] = hunk
                left += 1
            elif line.startswith(" "):
                shown["LEFT"][left] = shown["RIGHT"][right] = hunk
                left, right = left + 1, right + 1
        found.append({"old": old or new, "new": new or old, "patch": "\n".join(patch).rstrip("\n"), "shown": shown})
    return found


def number():
    STATE["next"] += 1
    return STATE["next"]


def problem(path, side, line, start=None, whole_file=False):
    """Why a place can not be commented on; None where it can."""
    file = next((item for item in files() if item["new"] == path), None)
    if file is None:
        return f"{path} is not part of the diff"
    if whole_file:
        return None
    if line not in file["shown"][side]:
        return f"{side} line {line} of {path} is not part of the diff"
    if start is not None and (start >= line or file["shown"][side].get(start) != file["shown"][side][line]):
        return "start_line is not in the same hunk before line"
    return None


class Refusal(Exception):
    def __init__(self, status, message):
        self.status, self.message = status, message


def add_comment(path, body, side, line, start=None, user=BOT):
    if not body or len(body) > 65536:
        raise Refusal(422, "body is missing or too long")
    comment = {"id": number(), "path": path, "body": body, "side": side, "line": line, "start": start,
               "resolved": False, "user": user, "commit": head()}
    STATE["comments"].append(comment)
    return comment


def find(kind, identifier):
    for item in STATE[kind]:
        if str(item["id"]) == str(identifier):
            return item
    raise Refusal(404, "Not Found")


def github(method, path, body, query):
    pull = "/repos/o/r/pulls/1"
    if path == "/user":
        if KIND == "github":
            raise Refusal(403, "Resource not accessible by integration")
        return BOT
    if path == pull and method == "GET":
        return {"number": 1, "head": {"sha": head()}, "base": {"sha": git("rev-parse", "main").strip()}}
    if path == pull + "/files":
        return [{"filename": file["new"], "previous_filename": file["old"], "patch": file["patch"]} for file in files()]
    if path == pull + ".diff":
        return git("diff", "--no-color", "-M", base(), "change")
    if path == pull + "/comments" and method == "GET":
        return [{"id": item["id"], "body": item["body"], "user": item["user"], "path": item["path"]}
                for item in STATE["comments"]]
    if path == pull + "/comments" and method == "POST":
        whole = body.get("subject_type") == "file"
        reason = problem(body["path"], body.get("side", "RIGHT"), body.get("line"), body.get("start_line"), whole)
        if reason:
            raise Refusal(422, reason)
        return add_comment(body["path"], body["body"], "FILE" if whole else body["side"], body.get("line"))
    if path == pull + "/reviews" and method == "POST":
        comments = body["comments"]
        if len(comments) > 30:
            raise Refusal(403, "You have exceeded a secondary rate limit")
        if body.get("commit_id") != head():
            raise Refusal(422, "commit_id is not part of the pull request")
        places = []
        for item in comments:
            if KIND == "gitea":
                side = "LEFT" if item.get("old_position") else "RIGHT"
                places.append((item["path"], item["body"], side, item.get("old_position") or item.get("new_position"), None))
            else:
                places.append((item["path"], item["body"], item["side"], item["line"], item.get("start_line")))
        for place in places:
            reason = problem(place[0], place[2], place[3], place[4])
            if reason:
                STATE["refused"] += 1
                STATE["rejected"].append(reason)
                raise Refusal(422, "Unprocessable Entity")
        for place in places:
            add_comment(*place)
        return {"id": number()}
    if path == pull + "/reviews" and method == "GET":
        return [{"id": item["id"], "user": item["user"], "comments_count": 1} for item in STATE["comments"]]
    match = re.fullmatch(re.escape(pull) + r"/reviews/(\d+)/comments", path)
    if match:
        item = find("comments", match[1])
        return [{"id": item["id"], "body": item["body"], "resolver": BOT if item["resolved"] else None}]
    match = re.fullmatch(re.escape(pull) + r"/comments/(\d+)/(resolve|unresolve)", path)
    if match:
        find("comments", match[1])["resolved"] = match[2] == "resolve"
        return None
    match = re.fullmatch(r"/repos/o/r/(pulls|issues)/comments/(\d+)", path)
    if match:
        known = any(str(item["id"]) == match[2] for item in STATE["comments"])
        kind = "comments" if known and (match[1] == "pulls" or KIND == "gitea") else "summaries"
        item = find(kind, match[2])
        if method == "DELETE":
            STATE[kind].remove(item)
            return None
        item["body"] = body["body"]
        return item
    if path == "/repos/o/r/issues/1/comments":
        if method == "GET":
            return STATE["summaries"]
        STATE["summaries"].append({"id": number(), "body": body["body"], "user": BOT})
        return STATE["summaries"][-1]
    match = re.fullmatch(r"/repos/o/r/statuses/(\w+)", path)
    if match:
        STATE["statuses"].append({"commit": match[1], **body})
        return body
    if path == "/graphql":
        if "reviewThreads" in body["query"]:
            nodes = [{"id": f"T{item['id']}", "isResolved": item["resolved"],
                      "comments": {"nodes": [{"databaseId": item["id"]}]}} for item in STATE["comments"]]
            return {"data": {"repository": {"pullRequest": {"reviewThreads": {
                "pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": nodes}}}}}
        find("comments", body["variables"]["id"][1:])["resolved"] = "unresolve" not in body["query"]
        return {"data": {}}
    raise Refusal(404, "Not Found")


def gitlab(method, path, body, query):
    request = "/projects/7/merge_requests/1"
    if path == "/user":
        return BOT
    if path == request:
        refs = {"base_sha": base(), "start_sha": git("rev-parse", "main").strip(), "head_sha": head()}
        return {"iid": 1, "sha": head(), "diff_refs": refs}
    if path == request + "/diffs":
        return [{"old_path": file["old"], "new_path": file["new"], "diff": file["patch"]} for file in files()]
    if path == request + "/discussions":
        if method == "GET":
            return [{"id": f"d{item['id']}", "notes": [{"id": item["id"], "body": item["body"], "author": item["user"],
                     "resolved": item["resolved"]}]} for item in STATE["comments"]]
        place = body["position"]
        if place["head_sha"] != head() or place["base_sha"] != base():
            raise Refusal(400, "line_code can't be blank")
        file = next((item for item in files() if item["new"] == place["new_path"]), None)
        if file is None or file["old"] != place["old_path"]:
            raise Refusal(400, "the file is not part of the diff")
        if place["position_type"] == "file":
            return add_comment(place["new_path"], body["body"], "FILE", None)
        old, new = place.get("old_line"), place.get("new_line")
        left, right = old in file["shown"]["LEFT"], new in file["shown"]["RIGHT"]
        fits = left and right if old and new else left if old else right
        if not fits:
            STATE["refused"] += 1
            raise Refusal(400, "line_code can't be blank")
        return add_comment(place["new_path"], body["body"], "RIGHT" if new else "LEFT", new or old)
    match = re.fullmatch(re.escape(request) + r"/discussions/d(\d+)(?:/notes/(\d+))?", path)
    if match:
        item = find("comments", match[1])
        if method == "DELETE":
            STATE["comments"].remove(item)
        elif match[2]:
            item["body"] = body["body"]
        else:
            item["resolved"] = body["resolved"]
        return None
    if path == request + "/notes":
        if method == "GET":
            return [{"id": item["id"], "body": item["body"], "author": item["user"]} for item in STATE["summaries"]]
        STATE["summaries"].append({"id": number(), "body": body["body"], "user": BOT})
        return None
    match = re.fullmatch(re.escape(request) + r"/notes/(\d+)", path)
    if match:
        item = find("summaries", match[1])
        if method == "DELETE":
            STATE["summaries"].remove(item)
        else:
            item["body"] = body["body"]
        return None
    match = re.fullmatch(r"/projects/7/statuses/(\w+)", path)
    if match:
        STATE["statuses"].append({"commit": match[1], **body})
        return None
    raise Refusal(404, "Not Found")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, value, headers=()):
        data = value.encode() if isinstance(value, str) else b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def fault(self):
        path = os.path.join(FOLDER, "faults")
        if not os.path.exists(path):
            return None
        with open(path) as file:
            lines = file.read().split("\n")
        for index, line in enumerate(lines):
            words = line.split()
            if words and words[0] in (self.command, "ANY"):
                with open(path, "w") as file:
                    file.write("\n".join(lines[:index] + lines[index + 1:]))
                return words[1:]
        return None

    def handle_request(self):
        length = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(length)
        with LOCK:
            parts = urllib.parse.urlsplit(self.path)
            path = urllib.parse.unquote(parts.path)
            query = dict(urllib.parse.parse_qsl(parts.query))
            STATE["log"].append(f"{self.command} {path}")
            token = (self.headers.get("Authorization") or "").split(" ")[-1] or self.headers.get("PRIVATE-TOKEN")
            try:
                fault = self.fault()
                if fault:
                    extra = [("Retry-After", word) for word in fault[1:] if word.isdigit()]
                    extra += [word.split(":", 1) for word in fault[1:] if ":" in word]
                    words = [word for word in fault[1:] if not word.isdigit() and ":" not in word]
                    return self.answer(int(fault[0]), {"message": " ".join(words) or "fault"}, extra)
                if token not in ("good", "readonly"):
                    raise Refusal(401, "Bad credentials")
                body = json.loads(data) if data else {}
                if token == "readonly" and self.command != "GET" and path != "/graphql":
                    raise Refusal(403, "Resource not accessible by integration")
                value = (gitlab if KIND == "gitlab" else github)(self.command, path, body, query)
                headers = []
                if self.command == "GET" and isinstance(value, list):
                    page = int(query.get("page", 1))
                    if len(value) > page * PAGE:
                        headers = [("X-Next-Page", str(page + 1))] if KIND == "gitlab" else [
                            ("Link", f'<http://localhost{path}?page={page + 1}>; rel="next"')]
                    value = value[(page - 1) * PAGE:page * PAGE]
                self.answer(200 if value is not None else 204, value, headers)
            except Refusal as refusal:
                self.answer(refusal.status, {"message": refusal.message})
            except Exception as error:  # a mistake of this server must be seen, not retried
                STATE["rejected"].append(f"{self.command} {path}: {error!r}")
                self.answer(418, {"message": repr(error)})
            finally:
                save()

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_request


def save():
    with open(os.path.join(FOLDER, "state.json.new"), "w") as file:
        json.dump(STATE, file)
    os.rename(os.path.join(FOLDER, "state.json.new"), os.path.join(FOLDER, "state.json"))


# What others wrote into the conversation, in our words: it must not pass for ours.
if os.path.exists(os.path.join(FOLDER, "forged")):
    with open(os.path.join(FOLDER, "forged")) as source:
        for text in source.read().split("\f"):
            target = "summaries" if text.startswith("<!-- fluxwarden:summary") else "comments"
            STATE[target].append({"id": number(), "body": text, "user": PERSON, "resolved": False, "path": "x",
                                  "side": "RIGHT", "line": 1})
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
save()
with open(os.path.join(FOLDER, "port.new"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(FOLDER, "port.new"), os.path.join(FOLDER, "port"))
server.serve_forever()
