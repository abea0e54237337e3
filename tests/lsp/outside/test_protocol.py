"""The server as three editors would talk to it, through a client made by others.

pytest-lsp has the capabilities that these editors declare. Each answer goes through lsprotocol's types,
made from the specification's metamodel, and is held against what the client said that it can do.
"""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROJECT = pathlib.Path(os.environ["QUELL_PROJECT"])
FILE = PROJECT / "checkout_latency.quell"
URI = FILE.as_uri()
TEXT = FILE.read_text()
LINES = TEXT.splitlines()
DOCUMENT = types.TextDocumentIdentifier(uri=URI)


def place(line: str, word: str) -> types.Position:
    """Where a word is, in the first line that begins with some words."""
    number = next(at for at, it in enumerate(LINES) if it.strip().startswith(line))
    return types.Position(line=number, character=LINES[number].index(word))


def whole() -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(len(LINES), 0))


@pytest_lsp.fixture(
    params=["neovim", "visual_studio_code", "emacs"],
    config=ClientServerConfig(
        server_command=[os.environ["QUELL"], "lsp"],
        server_env={**os.environ, "XDG_CACHE_HOME": os.environ["QUELL_CACHE"]},
    ),
)
async def client(request, lsp_client: LanguageClient):
    # What editors answer with nothing, and the client doesn't know.
    for method in (
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    ):
        lsp_client.feature(method)(lambda _: None)

    folder = types.WorkspaceFolder(uri=PROJECT.as_uri(), name="examples")
    params = types.InitializeParams(
        capabilities=client_capabilities(request.param), root_uri=folder.uri, workspace_folders=[folder]
    )
    lsp_client.offered = (await lsp_client.initialize_session(params)).capabilities
    item = types.TextDocumentItem(uri=URI, language_id="quell", version=1, text=TEXT)
    lsp_client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    yield
    await lsp_client.shutdown_session()


def change(client: LanguageClient, version: int, text: str):
    document = types.VersionedTextDocumentIdentifier(uri=URI, version=version)
    changes = [types.TextDocumentContentChangeWholeDocument(text=text)]
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))


async def findings(client: LanguageClient) -> list[types.Diagnostic]:
    if client.offered.diagnostic_provider:
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(DOCUMENT))
        return report.items
    while URI not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[URI]


@pytest.mark.asyncio
async def test_findings(client: LanguageClient):
    errors = [it for it in await findings(client) if it.severity == types.DiagnosticSeverity.Error]
    assert errors == []
    client.diagnostics.pop(URI, None)
    change(client, 2, TEXT.replace("prometheus.duration(latency_query)", "prometheus.durations(latency_query)"))
    errors = [it for it in await findings(client) if it.severity == types.DiagnosticSeverity.Error]
    assert errors and all(it.code and it.source == "quell" for it in errors)
    assert "duration" in LINES[errors[0].range.start.line]


@pytest.mark.asyncio
async def test_reading(client: LanguageClient):
    call = place("step latency", "duration")
    hover = await client.text_document_hover_async(types.HoverParams(DOCUMENT, call))
    assert "Duration" in hover.contents.value
    defined = await client.text_document_definition_async(types.DefinitionParams(DOCUMENT, call))
    defined = defined if isinstance(defined, list) else [defined]
    uris = [getattr(it, "uri", None) or it.target_uri for it in defined]
    assert [uri.rsplit("/", 1)[-1] for uri in uris] == ["prometheus.quell"]
    step = place("step latency", "latency")
    context = types.ReferenceContext(include_declaration=True)
    used = await client.text_document_references_async(types.ReferenceParams(context, DOCUMENT, step))
    assert len(used) > 5
    marked = await client.text_document_document_highlight_async(types.DocumentHighlightParams(DOCUMENT, step))
    assert len(marked) == len([it for it in used if it.uri == URI])
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(DOCUMENT))
    assert "checkout_latency" in [it.name for it in symbols]
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("war_room"))
    assert "war_room" in [it.name for it in found]
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(DOCUMENT))
    selected = await client.text_document_selection_range_async(types.SelectionRangeParams(DOCUMENT, [call]))
    assert selected[0].parent is not None
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(DOCUMENT))
    assert tokens.data and len(tokens.data) % 5 == 0
    assert await client.text_document_inlay_hint_async(types.InlayHintParams(DOCUMENT, whole()))


@pytest.mark.asyncio
async def test_typing(client: LanguageClient):
    line = place("step revisions", "step").line
    typed = LINES[: line + 1] + ["    step seen = kubernetes.dep"] + LINES[line + 1 :]
    change(client, 2, "\n".join(typed) + "\n")
    end = types.Position(line + 1, len(typed[line + 1]))
    offered = await client.text_document_completion_async(types.CompletionParams(DOCUMENT, end))
    items = offered.items if isinstance(offered, types.CompletionList) else offered
    assert any(it.label.startswith("deployment") for it in items)
    typed[line + 1] = "    step seen = kubernetes.deployment("
    change(client, 3, "\n".join(typed) + "\n")
    end = types.Position(line + 1, len(typed[line + 1]))
    help_ = await client.text_document_signature_help_async(types.SignatureHelpParams(DOCUMENT, end))
    assert help_.signatures[0].label.startswith("deployment") or "deployment(" in help_.signatures[0].label
    assert help_.signatures[0].documentation


@pytest.mark.asyncio
async def test_changing(client: LanguageClient):
    step = place("step latency", "latency")
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(DOCUMENT, step))
    assert prepared is not None
    edit = await client.text_document_rename_async(types.RenameParams(DOCUMENT, step, "slowest"))
    edits = (edit.changes or {}).get(URI) or next(
        it.edits for it in edit.document_changes if it.text_document.uri == URI
    )
    assert len(edits) > 5 and {it.new_text for it in edits} == {"slowest"}
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    layout = await client.text_document_formatting_async(types.DocumentFormattingParams(DOCUMENT, options))
    assert not layout
    change(client, 2, TEXT.replace("step latency = ", "step   latency="))
    layout = await client.text_document_formatting_async(types.DocumentFormattingParams(DOCUMENT, options))
    assert layout
    errors = await findings(client)
    context = types.CodeActionContext(diagnostics=errors)
    params = types.CodeActionParams(DOCUMENT, types.Range(step, step), context)
    await client.text_document_code_action_async(params)


@pytest.mark.asyncio
async def test_whatever_is_offered_is_answered(client: LanguageClient):
    """At places all over the file: an answer of the specified shape, or none."""
    offered = client.offered
    for number in range(0, len(LINES), 17):
        at = types.Position(number, min(8, len(LINES[number])))
        await client.text_document_hover_async(types.HoverParams(DOCUMENT, at))
        await client.text_document_completion_async(types.CompletionParams(DOCUMENT, at))
        await client.text_document_definition_async(types.DefinitionParams(DOCUMENT, at))
        if offered.code_lens_provider and number == 0:
            await client.text_document_code_lens_async(types.CodeLensParams(DOCUMENT))
        if offered.document_link_provider and number == 0:
            await client.text_document_document_link_async(types.DocumentLinkParams(DOCUMENT))
        if offered.call_hierarchy_provider:
            params = types.CallHierarchyPrepareParams(DOCUMENT, at)
            for item in await client.text_document_prepare_call_hierarchy_async(params) or []:
                await client.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item))
                await client.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item))
