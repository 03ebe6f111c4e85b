import { boot } from "@liveskate/ui/boot";
import { Board } from "./board.tsx";
import "./board.css";
import "./around.css";

boot({ app: Board });
