"""The sample's pictures: drawn here, with no words in them, as PNG bytes."""

import io
import math
from pathlib import Path

import pypdfium2
import weasyprint
from PIL import Image, ImageDraw

GREEN, LEAF, PALE, TRUNK, SKY, GOLD = "#1F5132", "#3E7F4F", "#E8F1EA", "#6B4A2B", "#DCEBF5", "#E3B448"
FINE = 3  # drawn this many times larger, then made smaller: smooth edges


def png(image: Image.Image, colours: int = 48) -> bytes:
    """PNG bytes of the picture in so many colours, at its final size."""
    small = image.resize((image.width // FINE, image.height // FINE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    small.quantize(colours).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def tree(draw: ImageDraw.ImageDraw, x: float, ground: float, height: float, crown: str) -> None:
    """A tree whose trunk stands at ``x`` on ``ground``."""
    wide = height * 0.32
    draw.rectangle((x - height * 0.045, ground - height * 0.45, x + height * 0.045, ground), fill=TRUNK)
    for across, up, share in ((0, 0.72, 1.0), (-0.6, 0.55, 0.8), (0.6, 0.55, 0.8), (0, 0.5, 0.9)):
        centre_x, centre_y, radius = x + across * wide, ground - up * height, share * wide * 0.85
        draw.ellipse((centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius), fill=crown)


def banner() -> bytes:
    """A park: hills, a path, a river and trees."""
    width, height = 1000 * FINE, 420 * FINE
    image = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.78, height * 0.1, width * 0.78 + height * 0.2, height * 0.3), fill=GOLD)
    for base, swing, turn, colour in (
        (0.55, 0.09, 0.4, "#A9C9AE"),
        (0.66, 0.07, 2.1, "#7FB089"),
        (0.78, 0.05, 4, LEAF),
    ):
        hill = [(x, height * (base + swing * math.sin(turn + x / width * 6))) for x in range(0, width + 1, 6)]
        draw.polygon([*hill, (width, height), (0, height)], fill=colour)
    river = [(x, height * (0.9 + 0.02 * math.sin(x / width * 12))) for x in range(0, width + 1, 6)]
    draw.polygon([*river, (width, height), (0, height)], fill="#5B9BC8")
    for place, ground, size, crown in (
        (0.08, 0.86, 0.5, GREEN),
        (0.2, 0.82, 0.34, "#2F6B42"),
        (0.31, 0.84, 0.42, GREEN),
        (0.47, 0.82, 0.3, "#2F6B42"),
        (0.58, 0.85, 0.46, GREEN),
        (0.72, 0.81, 0.3, "#2F6B42"),
        (0.9, 0.86, 0.54, GREEN),
    ):
        tree(draw, width * place, height * ground, height * size, crown)
    return png(image)


def leaf() -> bytes:
    """A leaf on a pale ground, for the text box."""
    side = 160 * FINE
    image = Image.new("RGB", (side, side), PALE)
    draw = ImageDraw.Draw(image)
    edge = [(side * (0.5 + 0.3 * math.sin(t) ** 3), side * (0.48 - 0.4 * math.cos(t))) for t in arc(0, 2 * math.pi)]
    draw.polygon(edge, fill=LEAF)
    draw.line((side / 2, side * 0.14, side / 2, side * 0.97), fill=GREEN, width=side // 28)
    for up in (0.36, 0.5, 0.64):
        for across in (-0.17, 0.17):
            draw.line((side / 2, side * up, side * (0.5 + across), side * (up - 0.13)), fill=GREEN, width=side // 40)
    return png(image)


def arc(start: float, stop: float, steps: int = 90) -> list[float]:
    return [start + (stop - start) * step / steps for step in range(steps + 1)]


def balance(planted: float) -> bytes:
    """A stump beside as many trees as were planted for it; the last tree is cut to its share (2.8: eight tenths)."""
    width, height = 760 * FINE, 190 * FINE
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    ground = height * 0.9
    draw.rectangle((0, ground, width, height * 0.94), fill=LEAF)
    draw.rectangle((width * 0.07, ground - height * 0.22, width * 0.15, ground), fill=TRUNK)
    draw.ellipse((width * 0.07, ground - height * 0.29, width * 0.15, ground - height * 0.15), fill="#C9A77A")
    draw.ellipse((width * 0.095, ground - height * 0.25, width * 0.125, ground - height * 0.19), fill="#A57C4B")
    draw.rectangle((width * 0.21, height * 0.53, width * 0.29, height * 0.61), fill=GREEN)
    draw.polygon([(width * x, height * y) for x, y in ((0.29, 0.42), (0.35, 0.57), (0.29, 0.72))], fill=GREEN)
    for place in range(math.ceil(planted)):
        x = width * (0.46 + 0.2 * place)
        tree(draw, x, ground, height * 0.8, GREEN)
        part = planted - place
        if part < 1:
            reach = width * 0.086
            draw.rectangle((x - reach + 2 * reach * part, 0, x + reach, ground - 1), fill="white")
    return png(image)


def crest(source: Path) -> bytes:
    """The council's crest as PNG, 300 dots an inch at 2.5 cm wide."""
    svg = source.read_text("utf-8").partition("\n")[2]
    size = "@page {size: 120px 144px; margin: 0} body {margin: 0} svg {display: block}"
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="144" viewBox="0 0 120 144">'
    page = f'<html lang="en"><style>{size}</style>{head}{svg}</html>'
    pdf = pypdfium2.PdfDocument(weasyprint.HTML(string=page).write_pdf())
    image = pdf[0].render(scale=FINE * 3.3).to_pil().convert("RGB")
    return png(image, 64)
